"""Texts of the rubrics: what is rated, level by level, and what the ratings count for."""

TITLE = "Rubrics"
HEADING = "How work is rated"
LEAD = "Each row is rated from 0 to 4. A version, once in use, never changes."
EMPTY_HEADING = "No rubrics"
EMPTY = "This program rates no work under a rubric."
NAME = "{rubric}, version {version}"
OF = "What is rated"
RATED_BY = "By whom"
RESULT = "What becomes of it"
CAPTION = "The levels of {rubric}, version {version}"
ROW = "Row"
COUNTS = "How this counts"
COUNTS_FOR = "{stage}: {line}"
COUNTS_FOR_RENEWAL = "Renewing {stage}: {line}"
COUNTS_FOR_NOTHING = "No line of a stage asks for it at present."
BACK = "My progress"
EARLIER = "an earlier version"
AGREEMENT = "How far raters agree"
AGREEMENT_LEAD = (
    "Krippendorff's alpha of the calibration of {day}: 1 is full agreement, 0 is chance."
)
UNDEFINED = "undefined"
INTERVAL = "{low} to {high}"
BANDS = {
    "good": "good",
    "fair": "fair",
    "poor": "unreliable",
    "undefined": "nothing varied",
    "too_few": "too few raters",
}
CHANGES = "What changed from version {version}"
NO_CHANGES = "They say the same."
WHOLE = "The rubric as a whole"
EXAMPLES = "An example for each level"
EXAMPLES_LEAD = "Work that raters rated by consensus and that is not used in calibrations any more."
