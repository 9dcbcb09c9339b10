"""Parts of words that have a hyphen of their own, and whole words that look like two parts."""

from __future__ import annotations

FIRST_PARTS = frozenset(
    "above age all alpha anti arm back bed beta birth blood body breast by cardio case cell "
    "center centre child clinic close cluster co community computer cost cross current cut "
    "daily data day death decision delta dose double down drug early eight electro end event "
    "evidence ex eye face fast fat five fixed flow follow food four free full gamma gold group "
    "half hand hard head health heart high home hospital ill immuno intent kappa large late "
    "lead left life light line log long loop low lower male meta mid middle mild mind mis multi "
    "muscle near needle neo new nine non nurse off older omega on one open out over parent part "
    "patient peer per person pharmaco place placebo plasma point poly poor population post pre "
    "pro protein pseudo public quality quasi rapid rate re real relapse right risk salt school "
    "second self semi seven severe sex shared short side sigma single six skin slow small "
    "smoking so socio soft sole solid state steady step stress sugar symptom ten test thiazide "
    "third three time top total trade treatment trial two type ultra up user very vice vitamin "
    "wait water weight well whole wide within work world year young zero".split()
)
"""What stands before a hyphen more often than before a break: words, and parts such as "anti"."""

SURE_FIRST_PARTS = frozenset(
    "beta cross double five follow four gamma half high long low mid middle multi nine non open "
    "quasi self semi seven short single six third three two well x zero".split()
)
"""Those after which the hyphen stays whatever follows, unless the document writes it solid."""

SOLID_STEMS = frozenset(
    "alleg allerg allevi alloc allow antiarrhythm antibacter antibiot antibod anticipat "
    "anticoagul anticonvuls antidepress antidiuret antidot antiemet antiepilept antifung "
    "antigen antihistamin antihypertens antimicrob antioxid antiplatelet antipsychot antipyret "
    "antiretrovir antisept antiser antiviral betamethas crossed crossing crossover crosstalk "
    "doubled exact exam exce excess excit exclu excre exercis exert exhib exist exit expan "
    "expect expens exper expla expo expres exten exter extra extrem followed followers "
    "following halfway highest highland highlight highlighted highly longest longitud lower "
    "lowering lowest midazol middl midline midwif multipl multitud nonetheless nonlinear "
    "nonsense nonspecific nonsteroid offen office offset offspring oneself opening selfish "
    "semic semin seventeen seventh seventy shorten shorter shortest sixt sixth tendenc tender "
    "tenderness tendon tenof tenor tension tenth twofold wellb".split()
)
"""Beginnings of words that are one word, though a first part stands at their beginning."""

SECOND_PARTS = frozenset(
    "aged analysis arm assessed associated based bedside being blind blinded blocker blockers "
    "born bound by called care centered centred coded comparison compartment controlled "
    "converted converting cut day days defined dependent deprived derived design directed dose "
    "driven drug dwelling educated effect effective effectiveness effects efficacy exposure fed "
    "field finding fitting fold follow force free function go good grade group growth guided "
    "half harm head heart hearted held hoc hour hours hydroxylase income induced inducing "
    "infected inferior inferiority inhibitor inhibitors injected injury intensity intervention "
    "invasive isolation item known label labeled labelled lasting led length level life like "
    "limiting line linear living long loop lowering made making management matched measures "
    "mediated medicated medication minute minutes modal mode modified month months naive naïve "
    "negative neutral off old on one onset operative oriented out parametric patient "
    "pharmacological phase placebo point points positive prescribed process products profile "
    "provoking quality radiation randomised randomized range ray rays receptor reduced reducing "
    "regulated regulation related release report reported resistance resistant responder "
    "responders response responsive rich risk run safe sample scale section sectional selected "
    "sensitive series severe sided sightedness significant site size smoker smokers specific "
    "stage stained standing star state stationary step steroidal stimulated stimulating "
    "strength study style sufficient suicide suppressed term test tested tests threatening tier "
    "time timers toxic treat treated treatment trial trials type up use used users value values "
    "wave way week weeks weight weighted wide wise work worn worthy year years".split()
)
"""What stands after a hyphen more often than in the middle of a word."""

WHOLE_WORDS = frozenset(
    "afternoon afterwards airway although altogether anybody anyone anything anyway background "
    "baseline bedroom bedtime bloodstream bodyweight bottleneck brainstem breakdown breakfast "
    "breakthrough buildup bypass cannot cardiovascular caregiver checklist childbirth childhood "
    "clearance clockwise crossover database daytime deadline downstream drawback dropout "
    "endpoint endpoints everybody everyone everything feedback fingerstick flowchart forearm "
    "foregoing forehead forthcoming framework furthermore gallbladder guideline guidelines "
    "halfway handbook handout headache headaches heartbeat heartburn henceforth hereafter "
    "highlight household however increase increased inpatient inpatients input insight instead "
    "intake itself landmark lifelong lifespan lifestyle lifetime likewise livestock "
    "longstanding mainstream maybe meanwhile midline mindfulness moreover myself network "
    "newborn nighttime notwithstanding nowadays offspring ongoing online onset onward otherwise "
    "outbreak outcome outcomes outdoor outlier outline outpatient outpatients output outside "
    "outward overall overcome overdose overlap overload overlook overnight overview overweight "
    "painkiller payload peacetime perform performance performed pinpoint placement playground "
    "postpartum sometimes somewhat somewhere standard standpoint stillbirth subgroup subgroups "
    "subject subjects subset subtype sunlight takeaway thereafter thereby therefore threshold "
    "throughout timeline timeout today together toward towards turnover underestimate undergo "
    "underline underlying understand understanding understood underway underweight upcoming "
    "update upon upper upright upset upstream uptake upward weekend whatever whenever whereas "
    "whereby wherever whether whichever widespread withdraw withdrawal withdrawn withhold "
    "within without withstand workbook workflow workforce workload workplace workshop worldwide "
    "worthwhile yourself".split()
)
"""Words of two words that are written as one."""

# British names of drugs with two substances, as the British Pharmacopoeia forms them with "co-".
CO_NAMES = tuple(
    "amilofruse amilozide amoxiclav beneldopa careldopa codamol codaprin cyprindiol danthramer"
    " danthrusate dydramol fluampicil flumactone magaldrox phenotrope prenozide simalcite tenidone"
    " triamterzide trimoxazole zidocapt".split()
)
