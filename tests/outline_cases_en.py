"""English texts and their outlines."""

from __future__ import annotations


def tree(*lines: str) -> list[tuple[int, str]]:
    """("1.", "> (a)", "> (b)") → level and marker."""
    return [(line.count(">") + 1, line.lstrip("> ")) for line in lines]


ENGLISH = {
    "ordinals open paragraphs": (
        """Stations should pay attention to three things this spring.

First, keep the gate open. The guard sits inside. Visitors find him by the lamp.

Second, keep the ledger dry. It was wet last year. The names ran together.

Thirdly, keep the kettle warm. People talk longer over tea. They also come back.
""",
        tree("First,", "Second,", "Thirdly,"),
    ),
    "the second is, in one sentence": (
        "The brigade did three jobs in May: one is to mark the wells; two is to fence the pond; "
        "three is to read the rules aloud in the market. Nobody fell in.",
        tree("one is", "two is", "three is"),
    ),
    "one is … the other is": (
        "Two habits spoil a reception desk. One is looking at the clock. The other is looking at the shoes.",
        tree("One is", "The other is"),
    ),
    "four glyphs, one series": (
        """1. Aim
The wharf has to be safe by June, and the boats have to be known by name.

Second, scope
All ferries, barges and sampans are within the scope of the check.

III. Steps
(a) Count the boats. Every hull is counted. Twice.
(2) Paint the numbers. White paint on black. Black on white.
(three) Hand in the list. The list goes to the branch. A copy stays on board.

Four, discipline
Nobody on duty drinks.
""",
        tree("1.", "Second,", "III.", "> (a)", "> (2)", "> (three)", "Four,"),
    ),
    "a lost member": (
        """(1) Ring the bell. The bell is old.
(2) Wait for the answer. It may take long.
(4) Leave a card. The card has a telephone number.
(5) Come again on Sunday. Most people are at home.
""",
        tree("(1)", "(2)", "(4)", "(5)"),
    ),
    "starts in the middle": (
        """and so the lane fell quiet again.

Third, lend umbrellas. The station has forty. They come back wet and mostly whole.

Fourth, sweep the steps. Do it before seven. The broom stands behind the door.
""",
        tree("Third,", "Fourth,"),
    ),
    "the first member of the outer series is lost": (
        """The point is to be seen. First, walk the alley at dusk; second, greet the shopkeepers; third, write it down.
Second, we should mend the fence.
Nobody mended it for years. First, find the wire. Then cut it to length; the second is to borrow a hammer.
Three, we should paint the door.
Green was chosen.
""",
        tree("> First,", "> second,", "> third,", "Second,", "> First,", "> the second is", "Three,"),
    ),
    "orders with roman, letter, number": (
        """I. PURPOSE
This order sets out how keys are kept.

II. RULES
A. Key box
1. The desk sergeant shall lock the box at night.
a. The spare key is kept by the captain.
b. The captain shall not lend it.
2. The box shall be opened by two members.
B. Lost keys
1. Report the loss at once.
2. Change the lock within a day.
(a) The cost is borne by the station.
(b) The old lock is kept.

III. REVIEW
The order is read again each year.
""",
        tree(
            "I.",
            "II.",
            "> A.",
            ">> 1.",
            ">>> a.",
            ">>> b.",
            ">> 2.",
            "> B.",
            ">> 1.",
            ">> 2.",
            ">>> (a)",
            ">>> (b)",
            "III.",
        ),
    ),
    "letters that look roman": (
        """The guard shall note:
(a) the time;
(b) the gate;
(c) the name;
(d) the plate;
(e) the load;
(f) the driver;
(g) the weather;
(h) the dog, if any;
(i) the seal;
(j) the signature.
""",
        tree(*(f"({letter})" for letter in "abcdefghij")),
    ),
    "small roman below letters": (
        """(a) The watch has two parts:
(i) the evening part;
(ii) the morning part.
(b) The watch ends at eight.
""",
        tree("(a)", "> (i)", "> (ii)", "(b)"),
    ),
    "chapters and articles": (
        """Chapter I General
Article 1 These rules are made for the night market.
Article 2 The market has forty stalls.
Chapter II Duties
Article 3 Stall keepers shall:
(1) keep the aisle clear;
(2) put out the fire.
Article 4 The rules begin in May.
""",
        tree("Chapter I", "> Article 1", "> Article 2", "Chapter II", "> Article 3", ">> (1)", ">> (2)", "> Article 4"),
    ),
    "an article whose noun was lost": (
        """Article 8 The guard shall wear a badge.
Article 9 The badge shall be returned.
Tenth guards must be polite to strangers.
Eleventh guards shall not sleep on duty.
Article 12 These rules begin in May.
""",
        tree("Article 8", "Article 9", "Tenth", "Eleventh", "Article 12"),
    ),
    "labels": (
        """Measure 1: open the window. Fresh air helps. So does light.
Measure 2: answer the telephone. Three rings at most. Give your name.
Measure 3: see people out. To the gate. In the rain as well.
""",
        tree("Measure 1:", "Measure 2:", "Measure 3:"),
    ),
    "attachments are of the first level": (
        """1. Each station counts its lamps.
2. Each station mends its lamps.

Bureau of Lamps
May 3, 2011

Attachment 1 Form for counting
Notes: 1. Write clearly. 2. Sign below.
Attachment 2 Form for mending
Keep it dry.
""",
        tree("1.", "2.", "Attachment 1", "> 1.", "> 2.", "Attachment 2"),
    ),
    "decimal numbers": (
        """1 Scope
1.1 This manual is for the harbour post.
1.2 It is not for the airport.
2 Watch
2.1 Day
2.1.1 The day watch has four members.
2.1.2 It starts at eight.
2.2 Night
The night watch has six.
""",
        tree("1", "> 1.1", "> 1.2", "2", "> 2.1", ">> 2.1.1", ">> 2.1.2", "> 2.2"),
    ),
    "explicit headings": (
        """How the watch is kept

The harbour watch was set up after the flood of that year, and it has been kept by volunteers since then.

Who may join
Anyone who can swim may join the watch, and those who cannot may learn it at the pool on Saturdays, free of charge.

What to bring
Bring a torch, a whistle and a coat, because the wind on the mole is cold even in June and the lamp goes out.
""",
        [(1, ""), (1, "")],
    ),
    "two lists under one parent": (
        """1. Reception
The window shall be open in the following cases: (1) market days; (2) holidays. That was decided long ago.
It shall be closed in the following cases: (1) storms; (2) funerals.
2. Telephone
It rings in the guard room.
""",
        tree("1.", "> (1)", "> (2)", "> (1)", "> (2)", "2."),
    ),
    "lists in two paragraphs are neighbours": (
        """Last year we did two things. First, we mended the lamps of the mole. Second, we painted the gate of the yard.

This year there is more to do. First, the lamps of the pier must be mended. Second, the bell needs a rope.
""",
        tree("First,", "Second,", "First,", "Second,"),
    ),
    "bylaws": (
        """ARTICLE I
NAME
The watch is called Lamp Watch.
ARTICLE II
MEMBERS
Section 1. Members pay a fee.
Section 2. Members light the lamps.
ARTICLE III
MEETINGS
Section 1. Meetings are held in May.
""",
        tree("ARTICLE I", "ARTICLE II", "> Section 1.", "> Section 2.", "ARTICLE III", "> Section 1."),
    ),
    "a translated order without its nouns": (
        """The first chapter general rules
First in order to keep the lamps, these rules are made.
Second lamp keepers work under the harbour master.
The second chapter duties
Third lamp keepers may help with the following:
(a) the bells;
(two) the buoys.
Fourth lamp keepers shall not leave the lamp.
""",
        tree(
            *("The first chapter", "> First", "> Second", "The second chapter"),
            *("> Third", ">> (a)", ">> (two)", "> Fourth"),
        ),
    ),
    "in the first place": (
        "Two things speak for it. In the first place, the lamp is old. In the second place, the wick is wet.",
        tree("In the first place,", "In the second place,"),
    ),
    "a list with and": (
        "Keepers must (1) trim the wick, (2) fill the tank, and (3) clean the glass. See paragraph (2) above.",
        tree("(1)", "(2)", "(3)"),
    ),
    "doubled markers": (
        "(1) First, trim the wick. It is long. (2) Second, fill the tank. It is empty. (3) Third, rest.",
        tree("(1)", "(2)", "(3)"),
    ),
    "statute in one paragraph": (
        "Chapter I General Article 1 These Rules are made under the Harbour Law. Article 2 Lamps in these Rules are "
        "those of Article 9 of the Harbour Law. Chapter II Duties Article 3 Keepers shall: (1) light lamps; (2) put "
        "them out. Article 4 These Rules begin on May 1.",
        tree(
            *("Chapter I", "> Article 1", "> Article 2", "Chapter II", "> Article 3"),
            *(">> (1)", ">> (2)", "> Article 4"),
        ),
    ),
}
