"""Where the program does otherwise than the page says, or the page does not say.

What a name here stands for is not compared. Taken out of OPEN, it is compared with the page's words.
"""

OPEN = {
    "authority-order",  # §9: `returns` in the order of the settings, an outsider department's authority where it stands
    "elsewhere",  # §12.2: parent unit and class where the settings name no unit, or another one
    "unscored-files",  # §12.3: whether a file that was not scored has come from its department
}
