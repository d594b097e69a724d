package dev.slipway.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes what Git, a hook or a commit says fit for people: one line, no control characters, bounded. */
final class Words {
    private static final int CHARACTERS_MAX = 1_000;
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cc}|\\p{Cf}|[\\u2028\\u2029]");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^/@\\s]*@");

    private Words() {}

    static String shown(String said) {
        return shown(said, CHARACTERS_MAX);
    }

    static String shown(String said, int charactersMax) {
        String line =
                UNSEEN.matcher(said).replaceAll(" ").replaceAll(" {2,}", " ").strip();
        line = USER_IN_ADDRESS.matcher(line).replaceAll("");
        return line.length() <= charactersMax ? line : line.substring(0, charactersMax - 1) + "…";
    }

    /** Of bytes that were taken for characters one by one. */
    static String ofRaw(String raw) {
        return shown(new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** What git says on standard error, without its prefixes and advice. */
    static String ofErrors(String err) {
        StringBuilder words = new StringBuilder();
        for (String line : err.split("\n", -1)) {
            String said = line.strip();
            if (said.isEmpty() || said.startsWith("hint:") || said.startsWith("warning:")) {
                continue;
            }
            said = said.replaceFirst("^(fatal|error): ", "");
            words.append(words.isEmpty() ? "" : "; ").append(said);
        }
        return shown(words.toString());
    }
}
