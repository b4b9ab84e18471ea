"""What the pages and the API of panels show: reviews that somebody is asked for, panels, draws."""
