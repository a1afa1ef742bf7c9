"""Children not in school, or there only part of the day, by SEN status."""

from schemas.codes import SEN_STATUS
from schemas.extract import Extract, Indicator

EXTRACT = Extract(
    id="out_of_school",
    sheet="Out of school",
    about="Home education, children missing education and part-time timetables, by SEN status.",
    filters=(SEN_STATUS,),
    indicators=(
        Indicator(
            "home_educated",
            "Home educated",
            "Children electively home educated on the census day of the term.",
            synonyms=("Elective home education", "EHE"),
        ),
        Indicator(
            "missing",
            "Missing education",
            "Children missing education on the census day of the term.",
            synonyms=("Children missing education", "CME"),
        ),
        Indicator(
            "part_time",
            "Part-time timetables",
            "Pupils with at least one session coded C2 in the term.",
            synonyms=("Part-time timetable", "Reduced timetables"),
        ),
    ),
)
