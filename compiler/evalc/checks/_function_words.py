"""The small words of languages: those that nearly every text has, whatever it is about.

Chosen by hand; a word that close neighbours share tells little, so each list has many that its neighbours lack.
"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "ar": "في من على إلى عن أن إن هذا هذه التي الذي كان ما لا لم قد هو هي أو مع كل بعد قبل بين ثم لكن حتى عند "
        "ذلك يمكن",
        "bg": "и на се да не за от в с че по са ще е го си до или към как това този тази които който бъде може "
        "при след като във ли още вие ви нас",
        "cs": "a se na je že to v s z do pro jsem jsou jako ale by jeho být který která které nebo při také už "
        "aby jen když ještě podle tak může než jsme není můžete",
        "da": "og i at det er en på som af for ikke med den til et vi du har de kan jeg der men fra eller om "
        "efter hvis også være blev hvad nogle meget skal hvor ved deres dig mig sig nu bliver noget uden "
        "hende jer mellem op blive mere ham",
        "de": "der die das und ist nicht ein eine zu den mit von auf für sich dem des sie ich wir auch es an "
        "werden aus er hat dass bei nach wird oder im als wie kann wenn noch sind über einen einer aber nur "
        "haben",
        "el": "και το να η ο τα της του με που για είναι την από στο των στη δεν θα τη οι στην ένα τους σε μια "
        "μας αν πως αλλά έχει μπορεί",
        "en": "the of and to in is that it for was on are with as be this have from or by not at but what all "
        "were when your can there which their if will would you we has its been they about",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o "
        "este sí porque esta entre cuando muy sin sobre también hasta hay donde está puede son usted",
        "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز می باشد شود شده یا اما کند هر اگر ما شما "
        "باید هستند",
        "fi": "ja on ei se että oli hän mutta ovat ole tai kun myös niin kuin jos joka mitä sen voi tämä siitä ne "
        "olla sekä vain jotka kanssa minä sinun tämän ennen jälkeen",
        "fr": "de la le et les des en un une du que est pour qui dans pas sur au plus par ce ne avec se sont il "
        "elle nous vous ou mais cette ses être aux leur peut fait votre si",
        "he": "של את על לא זה הוא עם כי היא גם או אם אני מה יש אבל כל אל אין רק הם כך יותר אחרי לפני בין זו אתה היה",
        "hi": "के का की है में और से को पर यह हैं कि एक नहीं ने लिए भी वह इस तो था हो या कर आप जो ही साथ बाद",
        "hu": "a az és hogy nem is egy van meg de csak ez el volt mint már ha vagy még azt ki lesz kell amely ezt "
        "után minden nagyon lehet fel akkor itt",
        "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke bisa ada mereka kami kita "
        "atau karena oleh sudah seperti dapat adalah lebih telah anda jika",
        "it": "di che il la e non per un è una in con sono del si da i come le al più ma della ha dei gli nel "
        "anche se alla lo suo questo questa essere può dopo quando perché dal",
        "nl": "de van een het en in is dat op te zijn met voor niet aan er die ook als om maar dan bij nog uit "
        "wordt naar door wat kan heeft over of we ze deze geen hebben u je",
        "no": "og i det på som er en til å av for at med de ikke den har jeg om et men var seg fra vi du kan hun "
        "nå være eller hva etter skal bare noe opp også blir mer hvis noen dere deg meg uten henne mellom "
        "ble må mye ham",
        "pl": "i w na z się do nie to że jest o jak za po od co przez ale dla tak tym czy już tylko być może są "
        "który która które lub oraz jego można przed jeśli także ich",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu "
        "sua ou quando muito nos já também pelo pela até isso você são pode está foi",
        "ro": "și în de la a cu pe nu o este să un ce din pentru că mai sau au fi care ca dar dacă prin după se "
        "sunt fost poate această acest lui foarte ei le",
        "ru": "и в не на что с по как это а то он я из за у к но же вы все она так его от было бы мы для или если "
        "только когда уже может быть при чтобы нет есть после",
        "sv": "och i att det som en på är av för med den till inte ett om har de jag vi kan från så men du eller "
        "var ska när hur efter också vid bara mycket skulle någon mer över finns",
        "tr": "ve bir bu da de için ile çok ne gibi daha en kadar olarak ama var mi değil sonra ben o olan her ya "
        "veya ise olduğu tarafından şey nasıl eğer siz bunu göre",
        "uk": "і в не на що з до як це та у він за по від але для його ми ви ти бути або так про є якщо вже коли "
        "тільки може щоб її під час після також які",
        "vi": "và của là có không được cho một các với trong người này những để khi đã từ về như đó thì cũng "
        "nhưng ra nếu bạn hoặc sau trước rất phải",
    }.items()
}
