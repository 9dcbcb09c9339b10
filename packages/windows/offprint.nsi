; The installer: for one user, without an administrator's rights. /S installs silently, /D=PATH
; elsewhere. Notes and library lie in another folder and are never touched.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
Name "Offprint"
OutFile "${OUTPUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
InstallDir "$LOCALAPPDATA\Programs\Offprint"
InstallDirRegKey HKCU "Software\Offprint" "Folder"
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "Offprint"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installs Offprint"
VIAddVersionKey LegalCopyright "MIT licence"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Offprint"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; A program that runs, its window or its command line, holds this file: say so before anything is
; changed.
!macro RefuseWhileItRuns VERB
  IfFileExists "$INSTDIR\python313.dll" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\python313.dll" a
  IfErrors 0 closed
  MessageBox MB_ICONSTOP "Offprint is running. Close it, then ${VERB} again." /SD IDOK
  SetErrorLevel 2
  Abort
closed:
  FileClose $0
free:
!macroend

Section
  !insertmacro RefuseWhileItRuns "install"
  ; The parts of an older version: what it does not need is not to be loaded by the new one.
  IfFileExists "$INSTDIR\offprint.exe" 0 fresh
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\Lib"
fresh:
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Offprint.lnk" "$INSTDIR\offprint.exe"
  WriteRegStr HKCU "Software\Offprint" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\offprint" "" "URL:Offprint"
  WriteRegStr HKCU "Software\Classes\offprint" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\offprint\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Offprint.Document" "" "Offprint"
  WriteRegStr HKCU "Software\Classes\Offprint.Document\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\offprint.exe" "FriendlyAppName" "Offprint"
  WriteRegStr HKCU "Software\Classes\Applications\offprint.exe\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'
  !include "${OPENS}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Offprint"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\offprint.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Offprint"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro RefuseWhileItRuns "uninstall"
  ; File by file, then folders that are empty: what a person put there stays.
  !include "${REMOVES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Offprint.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Offprint"
  DeleteRegKey HKCU "Software\Classes\offprint"
  DeleteRegKey HKCU "Software\Classes\Offprint.Document"
  DeleteRegKey HKCU "Software\Classes\Applications\offprint.exe"
  !include "${CLOSES}"
SectionEnd
