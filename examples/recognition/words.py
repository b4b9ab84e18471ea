"""Private texts of the example: notes with kudos, testimonials. Every one is invented."""

NOTES: dict[str, tuple[str, ...]] = {
    "trust": (
        "You read the draft I was ashamed of, and we kept its best page.",
        "I could say that I was lost. That was the day it turned.",
    ),
    "networking": (
        "The curator you wrote to answered within the hour.",
        "Two people from your old studio came to the exhibition. Thank you.",
    ),
    "expertise": (
        "You asked what the chart would say to somebody in a hurry. I redrew all of them.",
        "Your three questions about scope are on my wall now.",
    ),
    "commitment": (
        "Every second Tuesday, and always with the last round of notes open.",
        "You moved three meetings for my exams and never mentioned it.",
    ),
    "creativity": (
        "Building the portfolio backwards from its last page was your idea, and it worked.",
        "The walk through the market was the best critique I have had.",
    ),
}

TESTIMONIALS = (
    "I came with one piece and left with a story that holds four together.",
    "She never corrected a page. She asked until I saw what was wrong with it.",
    "Feedback came within two days, ranked, and with a next step that I could try.",
    "He showed me where my reasoning was better than my writing, and then we fixed the writing.",
    "When I fell behind we changed the plan together, and I finished in time.",
    "I can explain every decision in my portfolio now, also the wrong ones.",
)

INDUSTRY = (
    "We hired from this cohort because its people could say why they had decided as they did.",
    "The brief for our project was half as long and twice as clear after the scoping hour.",
    "Whoever comes from this mentor has tested an idea before we ever see it.",
)
