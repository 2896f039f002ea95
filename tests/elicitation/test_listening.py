"""What is heard beside the words: that something is hard, and that a wish says what someone does not want."""

import pytest

from actions.elicitation.listening import AVOIDS, HARD
from tests.elicitation.talking import LISTENER

NOT_HARD = {
    "nl": [
        "Zorgen voor mijn kleinkinderen, dat doe ik heel graag",
        "niet alleen de kleinkinderen, ook mijn tuin",
        "de verpleegsters van het ziekenhuis",
        "Het gaat niet slecht met mij",
        "De pijnstillers werken goed",
        "Ik wandel graag alleen in het bos",
        "Niemand kan zo goed koken als mijn vrouw",
        "Ik heb geen pijn",
        "Het is niet moeilijk, ik doe het elke dag",
        "Moeilijke kruiswoordraadsels los ik op",
        "Ik ben niet bang van de dood",
        "Ik wil zonder pijn naar de markt",
        "Ik slaap goed en ik ben nooit ziek",
        "Ik zorg voor mijn ziekenkas en mijn papieren",
        "We hebben gelachen tot we moesten wenen, zo plezant, ik was blij",
        "Met de trein naar Wenen reizen",
        "Alleen wonen en zelf beslissen",
        "De zorgen van de thuisverpleging zijn goed",
        "Dat het zwaar is, dat geeft niet, ik doe het graag",
        "Lastig is het niet",
        "Mijn man is ziek geweest maar nu gaat het goed",
        "Ik kan niet meer wachten op zondag",
        "Ik ga naar de dokter voor de pijn",
    ],
    "fr": [
        "Je me lève tôt, le marché dure jusque midi et j'adore ça",
        "Je fais tout seul mon jardin et j'en suis fier",
        "Ça ne me fait pas mal",
        "Je n'ai pas peur",
        "C'est la seule heure pour moi",
        "Le bois dur, je le travaille bien",
        "Je n'ai pas de soucis",
        "Personne ne cuisine comme ma sœur",
        "Les infirmières des malades sont gentilles",
        "Je vais sans douleur au marché",
        "C'est ma seule passion",
        "Ça dure toute l'après-midi",
        "Ce n'est pas difficile",
        "Je ne suis jamais seul",
        "Les mots croisés difficiles, je les fais chaque matin",
        "J'aime être seule avec mon livre",
        "Le match n'était pas mauvais",
        "Les enfants me donnent du plaisir, même si je suis fatigué",
        "Mon mari et moi, on rit et on pleure de rire",
        "La morte saison, je répare mes outils",
    ],
    "en": [
        "painting",
        "I love painting with my sister",
        "I work hard in my garden",
        "It is not bad at all",
        "I am never sick",
        "The painkillers do their work",
        "Nobody cooks like my mother",
        "I live alone and life is good",
        "It isn't difficult",
        "I am not afraid of dying",
        "Without pain I walk to the market",
        "We laughed until we cried",
        "The sick bay where I worked as a nurse",
        "I do difficult crosswords every day",
        "I like a heavy book",
        "Not only the grandchildren, my garden too",
        "My fearless dog and I",
        "I enjoy it, even when I'm tired",
        "No trouble at all",
        "I hold on hard to my bike",
    ],
    "ar": [
        "أذهب وحدي إلى السوق وأنا فخورة بذلك",
        "الشهر الماضي ذهبت وحدي إلى السوق",
        "أعيش وحدي وأحب هدوئي",
        "تعبت في حديقتي لكنها جميلة",
        "ما عندي ألم",
        "ليس صعبا",
        "أحب أن أعتني بأحفادي",
        "مش خايف من شي",
        "المستشفى والممرضات طيبات",
        "لا أخاف",
        "ليست متعبة هذه النزهة",
        "أضحك مع جاراتي حتى أبكي",
        "عمري ما كنت مريض",
        "أمشي بدون ألم",
        "أشتغل وحدي في المطبخ",
        "الحمد لله تعبت اليوم مع الأولاد",
        "أهم شيء أولادي كلهم",
        "كنبغي نمشي بوحدي للسوق",
        "أطبخ الطبق الثقيل يوم الجمعة",
        "همي أن يكبر أولادي",
    ],
}
SAID_TO_BE_HARD = {
    "nl": [
        "Ik heb veel pijn",
        "Mijn knie doet pijn op de trap",
        "Sinds mijn vrouw gestorven is lijken alle dagen op elkaar",
        "Ik ben zo moe",
        "De nachten zijn zwaar",
        "Het is moeilijk om recht te staan",
        "Ik zie niemand",
        "Ik ben bang om te vallen",
        "Ik mis mijn zus",
        "Ik voel mij alleen",
        "Stappen lukt niet meer",
        "Ik slaap slecht",
        "Ik maak mij zorgen",
        "Ik heb kanker",
        "Ik ben ziek",
        "Ik kan niet meer fietsen",
        "Ik schaam mij",
        "Het wordt mij te veel",
        "Ik ben eenzaam",
        "Koken gaat moeilijk",
    ],
    "fr": [
        "J'ai mal au genou",
        "Depuis que mon mari est mort, je mange devant la télé",
        "C'est difficile pour moi",
        "Les nuits je suis toute seule",
        "J'ai peur de tomber",
        "Je ne dors plus",
        "Je suis épuisée",
        "Ma sœur me manque",
        "Je souffre du dos",
        "C'est trop lourd pour moi",
        "Je n'arrive plus à marcher",
        "Je me sens seul",
        "Je suis si fatigué",
        "Je pleure souvent",
        "J'ai un cancer",
        "Je suis malade",
        "Je ne vois personne",
        "Je suis inquiète",
        "C'est dur",
        "J'en ai marre",
    ],
    "en": [
        "My hip hurts after ten minutes",
        "I am in pain every day",
        "Since my wife died all days look the same",
        "The nights are hard",
        "I feel alone",
        "I'm so tired",
        "I miss my sister",
        "I am afraid of falling",
        "It is difficult to get up",
        "I can't sleep",
        "I have cancer",
        "I see nobody",
        "I am lonely",
        "I am worried about the stairs",
        "I struggle with the stairs",
        "I can't cope",
        "It is too heavy for me",
        "I am ashamed",
        "I can no longer drive",
        "I feel down",
    ],
    "ar": [
        "ركبتي تؤلمني على الدرج",
        "عندي ألم في ظهري",
        "توفيت زوجتي السنة الماضية",
        "أنا تعبان",
        "صعب علي أن أمشي",
        "أشعر بالوحدة",
        "أخاف أن أقع",
        "لا أستطيع القيادة",
        "ما بقدر أحمل الطنجرة",
        "اشتقت إلى أختي",
        "أنا حزينة",
        "أعاني من السكري",
        "ما بنام",
        "عندي سرطان",
        "أنا مريضة",
        "زهقت",
        "كنحشم نخرج",
        "أبكي كل ليلة",
        "رجلي كتوجعني",
        "الليل ثقيل علي",
    ],
}
ALSO_WANTED = {
    "nl": [
        "Ik wil niet naar een rusthuis, ik wil thuis blijven wonen met mijn kat",
        "Ik wil geen grote dingen, gewoon elke zondag met mijn kleinzoon gaan vissen",
        "Ik wil niet meer naar daar maar ik wil bij mijn zus wonen",
        "Niet naar een home. Ik zou graag in mijn straat blijven",
        "Ik wil niet vallen en ik wil naar de markt stappen",
        "Ik wil geen ruzie, gewoon rust",
    ],
    "fr": [
        "Je ne veux pas aller au home, je veux rester chez moi avec mon chat",
        "Je ne veux pas de grandes choses, simplement pêcher le dimanche avec mon petit-fils",
        "Je ne veux plus y aller mais je voudrais vivre près de ma sœur",
        "Je ne veux pas dépendre des autres. J'aimerais me laver moi-même",
        "Je ne veux pas tomber et je veux aller au marché",
    ],
    "en": [
        "I don't want to go to a care home, I want to stay at home with my cat",
        "I don't want big things, just fishing with my grandson every Sunday",
        "I do not want to go there but I would like to live near my sister",
        "I don't want to depend on anyone. I want to wash myself",
        "I don't want to fall and I want to walk to the market",
    ],
    "ar": [
        "ما بدي روح على دار العجزة، بدي ضل ببيتي مع قطتي",
        "لا أريد أشياء كبيرة، فقط أن أصطاد مع حفيدي كل أحد",
        "ما بدي روح لهناك بس بدي عيش جنب أختي",
        "بدي ضل ببيتي وما بدي روح ع دار العجزة",
        "لا أريد أن أعتمد على أحد. أريد أن أغتسل بنفسي",
        "مابغيتش ندخل للدار ديال العجزة، بغيت نبقى فداري",
    ],
}
ONLY_AVOIDED = {
    "nl": [
        "Ik wil niet vallen en niet naar een home",
        "Ik wil niet naar een rusthuis.",
        "Ik wil gewoon niet naar een rusthuis",
        "Ik wil niet vallen, ik wil geen pijn",
        "Ik wil niet naar daar, want mijn vader zat er",
    ],
    "fr": [
        "Je ne veux pas tomber et ne pas aller dans un home",
        "Je ne veux plus dépendre de ma fille.",
        "Je ne veux pas y aller, tout simplement",
        "Je ne veux pas tomber, je ne veux pas mal finir",
        "Je ne veux pas y aller, car mon père y était",
    ],
    "en": [
        "I don't want to fall and not go to a home",
        "I don't want to end up in a care home.",
        "I just don't want to go there",
        "I don't want to fall, I want no more of that",
        "I do not want to go there, because my father was there",
    ],
    "ar": [
        "ما بدي أوقع وما بدي روح على دار العجزة",
        "لا أريد أن أقع.",
        "بس ما بدي روح لهناك",
        "لا أريد أن أقع، لا أريد أن أبقى في السرير",
        "مابغيتش نمشي لتما، حيت با كان تما",
    ],
}


def each(sentences: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(lang, text) for lang, texts in sentences.items() for text in texts]


@pytest.mark.parametrize(("lang", "text"), each(NOT_HARD))
def test_what_is_denied_or_makes_glad_is_not_hard(lang: str, text: str) -> None:
    assert HARD not in LISTENER.hear(text, lang).signs


@pytest.mark.parametrize(("lang", "text"), each(SAID_TO_BE_HARD))
def test_what_is_said_to_be_hard_is_heard_as_hard(lang: str, text: str) -> None:
    assert HARD in LISTENER.hear(text, lang).signs


@pytest.mark.parametrize(("lang", "text"), each(ALSO_WANTED))
def test_who_says_what_they_want_instead_is_not_asked_for_it(lang: str, text: str) -> None:
    assert AVOIDS not in LISTENER.hear(text, lang).signs


@pytest.mark.parametrize(("lang", "text"), each(ONLY_AVOIDED))
def test_who_says_only_what_they_do_not_want_can_be_asked_what_they_want(lang: str, text: str) -> None:
    assert AVOIDS in LISTENER.hear(text, lang).signs


@pytest.mark.parametrize("text", ["يلا نبدأ", "أعمل في مخبز من الثالثة ليلا"])
def test_let_us_begin_is_no_wish_to_avoid(text: str) -> None:
    assert AVOIDS not in LISTENER.hear(text, "ar").signs
