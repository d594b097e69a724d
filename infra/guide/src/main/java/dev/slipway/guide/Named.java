package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.document;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line that only names something, such as a file or a channel, and of which its own words do not say what is done: the sentence
 * in front of its list says it, else its heading.
 */
final class Named {
    /** What is told to others below such a heading. */
    private static final Pattern TOLD = Pattern.compile(
            "(?i).*\\b(announce(ments?)?|announcing|communicat\\w+|promot(e|ion|ing)|publici[sz]\\w+|publicity|social media|marketing"
                    + "|spread the word|notify|notifications?|tell)\\b.*");
    /** A file's name and what explains it. */
    private static final Pattern FILE = Pattern.compile(
            "(?i)^(\\S+ )?`?[\\w./*-]*\\.[a-z]\\w{0,7}`?s?(\\s?[:(,–-].*| (and|&) `?[\\w./*-]*\\.[a-z]\\w{0,7}`?s?)?\\W*$|^`[^`]+` [^:]{1,40}: \\S+$");

    private Named() {}

    /**
     * @param said its words without what stands in brackets
     * @param parent the line above it; empty if there is none
     */
    static Optional<Classed> of(GuideLine line, String said, String parent, Topic topic) {
        boolean name = Phrases.names(said) && !Phrases.tells(said);
        if (!name && !FILE.matcher(said).matches()) {
            return Optional.empty();
        }
        Optional<Classed> asked = asked(line, parent, topic);
        if (asked.isPresent()) {
            return asked;
        }
        if (line.box() != GuideLine.Box.NONE && TOLD.matcher(line.heading()).matches()) {
            return Optional.of(action("its heading says that something is sent"));
        }
        Clause heading = Clause.of(line.heading());
        if (FILE.matcher(said).matches() && !looks(heading)) {
            return Optional.of(
                    Texts.text(said) ? document("it names a text") : action("it names a file, which is changed"));
        }
        return Optional.empty();
    }

    private static boolean looks(Clause clause) {
        return Words.CHECK.contains(clause.verb()) || Words.PERSON.contains(clause.verb());
    }

    /** What the sentence in front of its list asks for, or the line above it, if that announces something with a colon. */
    static Optional<Classed> asked(GuideLine line, String parent, Topic topic) {
        String above = line.lead().isEmpty() ? parent : last(line.lead());
        Clause lead = Clause.of(above);
        if (line.box() == GuideLine.Box.NONE || !above.endsWith(":") || !lead.asks()) {
            return Optional.empty();
        }
        Classed found = Classing.of(line, lead, topic);
        return List.of(LineClass.ACTION, LineClass.DOCUMENT).contains(found.kind())
                ? Optional.of(new Classed(found.kind(), found.evidence(), "the sentence above asks for it"))
                : Optional.empty();
    }

    private static String last(String lead) {
        String[] sentences = lead.split("[.!?]\\s+(?=\\p{Lu})");
        return sentences[sentences.length - 1];
    }
}
