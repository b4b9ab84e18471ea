"""A small catalog with every key of a policy, for tests that change a line of it."""

POLICY_TEXT = """\
catalog: guild
version: 1
measures:
  meetings:
    event: mentoring.meeting.completed.v1
    who: mentor_ids
    aggregate: count
  topics:
    event: mentoring.milestone.completed.v1
    who: participant_id
    aggregate: {distinct: milestone}
badges:
  novice:
    name: Novice
    description: Has begun
    scope: program
    criterion: {at_least: {meetings: 1}}
  regular:
    name: Regular
    description: Meets often in a loop
    criterion: {at_least: {meetings: 4}}
  expert:
    name: Expert
    description: Passed by a committee
    repeatable:
      event: mentoring.quiz.passed.v1
      who: participant_id
      where: {quiz_id: {equals: expert}}
indicators:
  rating:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate: {mean: rating}
  content:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate: {share: {rating: {at_least: 4}}}
  rise:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate:
      gain:
        field: rating
        by: [respondent_id]
        from: {survey: {equals: mqs}}
        to: {survey: {equals: post_meeting}}
  raters:
    event: mentoring.survey.submitted.v1
    who: about_ids
    aggregate: {distinct: respondent_id}
stages:
  novice:
    badge: novice
    role: introductory
  expert:
    badge: expert
    approvers: 2
    given:
      all_of:
        - in_standing: [novice]
        - holds: [novice]
        - at_least: {meetings: 3}
        - at_least: {meetings: {value: 2, in_last: {months: 6}}}
        - at_least: {rating: {value: 3.5, sample: 3}}
        - at_least: {content: {value: 0.8, sample: 5, in_last: {months: 12}}}
        - at_least: {rise: {value: -0.5, sample: 2}}
        - at_least: {raters: 2}
        - includes_all: {topics: [a, b]}
    renewed: {at_least: {rating: {value: 3, sample: 1}}}
    opens: [lead a loop]
    deliverables: [a dossier]
    checkpoints: monthly
rubrics:
  practice/1:
    of: Six months of mentoring
    rated_by: a panel
    score: the mean of the rows
    rows:
      listening: [none, little, some, much, all]
      clarity: [none, little, some, much, all]
rewards:
  grant:
    kind: grant
    holding: [expert]
    also: {at_least: {rise: {value: 1, sample: 2}}}
    selection: lottery
    places: 2
    rest_cycles: 1
    cycle: year
    consent: required
governance:
  committee: {members: [5, 9], quorum: 3}
  settle_hours: 72
  conflict: {same_employer: true}
  fairness: {by: [cohort], ratio: 0.8}
watch:
  silent_days: 21
  low_row: 1
"""
