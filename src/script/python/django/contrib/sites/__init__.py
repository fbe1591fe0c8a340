"""The site of a request. There is one site for each project, and no model of sites."""
