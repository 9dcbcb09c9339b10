/* Starts Offprint with the Python that lies beside it. Worker processes are started through it too:
   multiprocessing calls sys.executable, and its arguments are Python's then. */

#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*Main)(int, wchar_t **);

static int fail(const wchar_t *sentence)
{
    MessageBoxW(NULL, sentence, L"Offprint", MB_ICONSTOP);
    return 1;
}

static int is_for_python(int count, wchar_t **words)
{
    for (int i = 1; i < count; i++)
        if (wcscmp(words[i], L"--multiprocessing-fork") == 0)
            return 1;
    return 0;
}

int wmain(int count, wchar_t **words)
{
    wchar_t path[32768];
    DWORD length = GetModuleFileNameW(NULL, path, 32000);
    wchar_t *name = length ? wcsrchr(path, L'\\') : NULL;
    if (!name)
        return fail(L"Offprint cannot tell where it lies. Unpack it in another folder.");
    wcscpy(name + 1, L"python313.dll");
    HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python)
        return fail(L"A part of Offprint is missing: python313.dll. Install it again.");
    Main run = (Main)(void *)GetProcAddress(python, "Py_Main");
    if (!run)
        return fail(L"A part of Offprint is damaged: python313.dll. Install it again.");
    if (is_for_python(count, words))
        return run(count, words);
    static wchar_t *own[] = {NULL, L"-B", L"-m", L"reader"};
    wchar_t **all = calloc(count + 4, sizeof *all);
    if (!all)
        return fail(L"There is not enough memory to start Offprint.");
    memcpy(all, own, sizeof own);
    all[0] = words[0];
    for (int i = 1; i < count; i++)
        all[i + 3] = words[i];
    return run(count + 3, all);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return wmain(__argc, __wargv);
}
#endif
