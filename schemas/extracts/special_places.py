"""Places in special schools and provision, and the pupils who fill them."""

from schemas.codes import SCHOOL_TYPE
from schemas.extract import Extract, Indicator

EXTRACT = Extract(
    id="special_places",
    sheet="Special school places",
    about="Special school places the area pays for and pupils on roll on the last day of term.",
    filters=(SCHOOL_TYPE,),
    indicators=(
        Indicator("places", "Places commissioned", "Places this area has agreed to pay for."),
        Indicator("roll", "Pupils on roll", "Pupils on roll in them, from any area."),
    ),
    synonyms=("Special places",),
)
