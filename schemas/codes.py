"""The code lists that more than one extract uses, with the spellings met in real files."""

from schemas.extract import ALL, Category, Filter


def _whole(label: str, *synonyms: str) -> Category:
    return Category(ALL, label, ("All", "Total", *synonyms))


PHASE = Filter(
    id="phase",
    heading="Phase",
    categories=(
        Category("early_years", "Early years", ("Pre-school", "Preschool", "EY", "Nursery")),
        Category("primary", "Primary", ("State-funded primary",)),
        Category("secondary", "Secondary", ("State-funded secondary",)),
        Category("post16", "Post-16", ("Post 16 to 18", "16 to 18")),
        Category("post19", "Post-19", ("Post 19 to 25", "19 to 25")),
    ),
    whole=_whole("All phases"),
    synonyms=("Education phase", "Age phase"),
)

SCHOOL_PHASE = Filter(
    id="school_phase",
    heading="School phase",
    categories=(
        Category("primary", "Primary", ("State-funded primary",)),
        Category("secondary", "Secondary", ("State-funded secondary",)),
        Category("special", "Special", ("State-funded special", "State-funded special school")),
    ),
    whole=_whole("All schools"),
    synonyms=("Phase", "Education phase", "Phase type grouping", "School type"),
)

SEN_STATUS = Filter(
    id="sen_status",
    heading="SEN status",
    categories=(
        Category(
            "ehc_plan",
            "EHC plan",
            (
                "EHCP",
                "Education, health and care plan",
                "SEN with statement or EHC",
                "SEN provision SEN with statement EHC",
                "Statement or EHC plan",
            ),
        ),
        Category(
            "sen_support",
            "SEN support",
            (
                "SEN support / SEN without an EHC plan",
                "SEN without statement",
                "SEN provision SEN without statement",
                "SEN without an EHC plan",
            ),
        ),
        Category(
            "no_sen",
            "No SEN",
            ("No identified SEN", "No identified special educational need", "No SEN provision"),
        ),
    ),
    whole=_whole("All pupils"),
    synonyms=("SEN provision", "SEN", "SEND status"),
)

AGE_BAND = Filter(
    id="age_band",
    heading="Age band",
    categories=(
        Category("under5", "Under 5", ("Under five", "0 to 4", "Under 5s", "<5 years")),
        Category("5plus", "5 and over", ("5 plus", "5+ years", "Five and over", "Over 5s")),
    ),
    whole=_whole("All ages"),
    synonyms=("Age group", "Age"),
)

PRIMARY_NEED = Filter(
    id="primary_need",
    heading="Primary need",
    categories=(
        Category("asd", "Autistic spectrum disorder", ("ASD", "Autism")),
        Category("hi", "Hearing impairment", ("HI",)),
        Category("mld", "Moderate learning difficulty", ("MLD",)),
        Category("msi", "Multi-sensory impairment", ("MSI",)),
        Category("oth", "Other difficulty or disability", ("OTH", "Other")),
        Category("pd", "Physical disability", ("PD",)),
        Category("pmld", "Profound and multiple learning difficulty", ("PMLD",)),
        Category("semh", "Social, emotional and mental health", ("SEMH",)),
        Category("slcn", "Speech, language and communication needs", ("SLCN",)),
        Category("sld", "Severe learning difficulty", ("SLD",)),
        Category("spld", "Specific learning difficulty", ("SPLD", "SpLD")),
        Category("vi", "Vision impairment", ("VI", "Visual impairment")),
        Category("ds", "Down syndrome", ("DS",)),
        Category("nr", "Not recorded", ("NR", "Unknown", "Need unknown", "Not reported")),
    ),
    whole=_whole("All needs"),
    complete=False,
    synonyms=("Need", "Primary type of need", "SEN primary need", "Main need"),
)

PLACEMENT = Filter(
    id="placement",
    heading="Placement",
    categories=(
        Category("mainstream", "Mainstream school", ("Mainstream",)),
        Category(
            "mainstream_resourced",
            "Mainstream school: resourced provision",
            ("Mainstream resourced provision", "Resourced provision"),
        ),
        Category(
            "mainstream_sen_unit",
            "Mainstream school: SEN unit",
            ("Mainstream SEN unit", "SEN unit"),
        ),
        Category("special_maintained", "Special school: maintained", ("Special maintained",)),
        Category(
            "special_academy_free",
            "Special school: academy or free school",
            ("Special academy or free school", "Special academy", "Special free school"),
        ),
        Category("special_independent", "Special school: independent", ("Independent special",)),
        Category("special_nmss", "Special school: non-maintained", ("Non-maintained special",)),
        Category("ap_pru", "Alternative provision or PRU", ("AP", "PRU", "AP/PRU")),
        Category("fe_post16", "Further education or post-16", ("FE", "Further education")),
        Category("early_years_setting", "Early years setting", ("Early years", "PVI nursery")),
        Category("ehe", "Elective home education", ("EHE", "Home educated")),
        Category("eotas", "Education other than at school", ("EOTAS",)),
        Category("other_arrangements_parents", "Other arrangements by parents", ()),
        Category("neet", "Not in education, employment or training", ("NEET",)),
        Category("awaiting", "Awaiting a place", ("Awaiting provision", "Awaiting placement")),
        Category("unknown", "Not recorded", ("Unknown", "Placement unknown")),
    ),
    whole=_whole("All placements"),
    complete=False,
    synonyms=("Placement type", "Setting", "Establishment type"),
)

IN_AREA = Filter(
    id="in_area",
    heading="In area",
    categories=(
        Category("yes", "yes", ("Y", "In area", "In-area")),
        Category("no", "no", ("N", "Out of area", "Out-of-area")),
    ),
    whole=Category(ALL, "all", ("Total", "Both")),
    synonyms=("In the area", "Placed in area"),
)

PATHWAY = Filter(
    id="pathway",
    heading="Pathway",
    categories=(
        Category("autism", "Autism", ("ASD", "Autism only")),
        Category("adhd", "ADHD", ("ADHD only",)),
        Category("both", "Both or unspecified", ("Both", "Unspecified", "Autism and ADHD")),
    ),
    whole=_whole("All pathways"),
)

SERVICE = Filter(
    id="service",
    heading="Service",
    categories=(
        Category(
            "salt",
            "Speech and language therapy",
            ("SaLT", "SLT", "Speech and language", "Speech & language therapy"),
        ),
        Category("ot", "Occupational therapy", ("OT",)),
    ),
    complete=False,
    synonyms=("Therapy", "Service line"),
)

SCHOOL_TYPE = Filter(
    id="school_type",
    heading="School type",
    categories=(
        Category("special_maintained", "Special school: maintained", ("Maintained special",)),
        Category(
            "special_academy_free",
            "Special school: academy or free school",
            ("Special academy", "Special free school", "Special academy or free school"),
        ),
        Category("special_independent", "Special school: independent", ("Independent special",)),
        Category("special_nmss", "Special school: non-maintained", ("Non-maintained special",)),
        Category("resourced", "Resourced provision or SEN unit", ("Resourced provision",)),
        Category("ap_pru", "Alternative provision or PRU", ("AP", "PRU")),
    ),
    whole=_whole("All special places", "All types"),
    complete=False,
    synonyms=("Type of school", "Establishment type"),
)
