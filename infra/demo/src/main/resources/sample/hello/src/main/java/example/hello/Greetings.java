package example.hello;

/** Says hello. */
final class Greetings {
    /** The answer to one greeting, as JSON. */
    String answerTo(Name name) {
        return Json.object("greeting", "Hello " + name.value(), "version", Version.CURRENT);
    }
}
