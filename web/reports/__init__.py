"""What coordinators see of their program as a whole: reports, lists of people, files of them."""
