package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import dev.slipway.validation.evidence.XmlPull;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an SPDX document of names and values in lines. This form has no end of its own: one that was cut off looks
 * like one with fewer packages. It is believed only where its relationships say that nothing is missing: everything that one of
 * them names is there, and every package is named by one that is not its own word, so either before it or after all.
 */
final class SpdxLines {
    private static final String OPENED = "<text>";
    private static final String CLOSED = "</text>";

    private final ReportLines lines;
    private final SpdxPackages packages = new SpdxPackages();
    private final Map<String, Boolean> elements = new HashMap<>(); // whether it is a package
    private final Set<String> named = new HashSet<>();
    private final List<String> referred = new ArrayList<>();
    private final Set<SpdxTag> once = EnumSet.noneOf(SpdxTag.class);
    private Component.Draft draft = new Component.Draft();
    private String element = "";
    private String concluded = "";
    private String declared = "";
    private boolean inPackage;
    private long listed;

    SpdxLines(ReportLines lines) {
        this.lines = lines;
    }

    Reading read() throws UnreadableEvidence {
        while (lines.next()) {
            if (lines.length() > 0 && lines.at(0) != '#' && !isBlank()) {
                line();
            }
        }
        closed();
        if (!packages.hasVersion()) {
            throw lines.refused("This is no SPDX 2 document: it does not say its SPDXVersion");
        }
        if (listed == 0) {
            throw lines.refused("It has no packages");
        }
        requireWhole();
        return packages.reading();
    }

    private boolean isBlank() throws UnreadableEvidence {
        return lines.at(0) <= ' ' && lines.text().isBlank();
    }

    private void line() throws UnreadableEvidence {
        int colon = lines.indexOf(':', 0);
        SpdxTag tag = SpdxTag.of(lines, colon);
        if (tag == null) {
            throw lines.refused("%s begins no line of SPDX 2.3"
                    .formatted(XmlPull.brief(colon < 0 ? lines.text() : lines.text(0, colon))));
        }
        if (tag == SpdxTag.OTHER && !mayOpen(colon + 1)) {
            return;
        }
        String value = value(lines.stripped(colon + 1, lines.length()));
        switch (tag) {
            case VERSION -> version(value);
            case CREATOR -> packages.creator(value);
            case PACKAGE -> begin(true, value);
            case FILE, LICENSE -> begin(false, value);
            case SNIPPET -> {
                begin(false, value);
                identified(value);
            }
            case ID -> identified(value);
            case PACKAGE_VERSION -> {
                requirePackage(tag);
                draft.version(value);
            }
            case CONCLUDED -> {
                requirePackage(tag);
                concluded = value;
            }
            case DECLARED -> {
                requirePackage(tag);
                declared = value;
            }
            case REFERENCE -> reference(value);
            case RELATIONSHIP -> relationship(value);
            case OTHER -> {}
        }
    }

    /** Whether a value could be a text that goes over lines. */
    private boolean mayOpen(int from) {
        for (int i = from; i < lines.length(); i++) {
            if (lines.at(i) > ' ') {
                return lines.at(i) == OPENED.charAt(0);
            }
            if (lines.at(i) < 0) {
                return true; // a blank that is no ASCII may stand before it
            }
        }
        return false;
    }

    /** A text may go over several lines; what tells of elements never stands in one. */
    private String value(String begun) throws UnreadableEvidence {
        if (!begun.startsWith(OPENED)) {
            return begun;
        }
        int opened = lines.line();
        String part = begun.substring(OPENED.length());
        while (!part.endsWith(CLOSED)) {
            if (part.contains(CLOSED)) {
                throw lines.refused("Something follows the end of a text");
            }
            if (!lines.next()) {
                throw new UnreadableEvidence("A text that begins here has no end", opened, 1);
            }
            SpdxTag tag = SpdxTag.of(lines, lines.indexOf(':', 0));
            if (tag != null && tag.isTelling()) {
                throw lines.refused("A text that begins at line %d has no end before this".formatted(opened));
            }
            part = lines.text().stripTrailing();
        }
        return "";
    }

    private void version(String said) throws UnreadableEvidence {
        if (packages.hasVersion()) {
            throw lines.refused("SPDXVersion stands here for the second time");
        }
        if (!packages.version(said)) {
            throw lines.refused("%s is not understood; ask the tool for SPDX-2.3".formatted(XmlPull.brief(said)));
        }
    }

    private void begin(boolean aPackage, String name) throws UnreadableEvidence {
        closed();
        inPackage = aPackage;
        listed += aPackage ? 1 : 0;
        draft = new Component.Draft();
        draft.name(name);
        element = "";
        concluded = "";
        declared = "";
    }

    /** What was read of an element is all of it. */
    private void closed() throws UnreadableEvidence {
        if (inPackage) {
            if (element.isEmpty()) {
                throw lines.refused("The package before this has no SPDXID");
            }
            packages.add(draft, concluded, declared);
        }
        once.clear();
    }

    private void identified(String id) throws UnreadableEvidence {
        onlyOnce(SpdxTag.ID);
        if (id.isEmpty() || elements.putIfAbsent(id, inPackage) != null) {
            throw lines.refused("The SPDXID %s stands here twice or says nothing".formatted(XmlPull.brief(id)));
        }
        element = id;
        draft.ref(id);
    }

    private void onlyOnce(SpdxTag tag) throws UnreadableEvidence {
        if (!once.add(tag)) {
            throw lines.refused("%s stands twice in the same element".formatted(tag.written()));
        }
    }

    private void requirePackage(SpdxTag tag) throws UnreadableEvidence {
        onlyOnce(tag);
        if (!inPackage) {
            throw lines.refused("%s stands in no package".formatted(tag.written()));
        }
    }

    private void reference(String value) throws UnreadableEvidence {
        Three said = Three.of(value);
        if (!inPackage || said == null) {
            throw lines.refused("An ExternalRef is category, type and locator, and stands in a package");
        }
        SpdxPackages.reference(draft, said.second(), said.third());
    }

    private void relationship(String value) throws UnreadableEvidence {
        Three said = Three.of(value);
        if (said == null) {
            throw lines.refused("A Relationship is an element, a type and an element");
        }
        packages.relationship(said.first(), said.second(), said.third());
        referred.add(said.first());
        referred.add(said.third());
        boolean ownWord = said.first().equals(element);
        named(said.first(), ownWord);
        named(said.third(), ownWord);
    }

    /** Two words, and whatever follows them. */
    private record Three(String first, String second, String third) {
        /** @param value without blanks around it */
        static @Nullable Three of(String value) {
            int first = blanks(value, 0, false);
            int second = blanks(value, first, true);
            int secondEnd = blanks(value, second, false);
            int third = blanks(value, secondEnd, true);
            return secondEnd == value.length()
                    ? null
                    : new Three(value.substring(0, first), value.substring(second, secondEnd), value.substring(third));
        }

        /** Up to where blanks end, or begin. */
        private static int blanks(String value, int from, boolean end) {
            int at = from;
            while (at < value.length() && isBlank(value.charAt(at)) == end) {
                at++;
            }
            return at;
        }

        private static boolean isBlank(char each) {
            return each == ' ' || (each >= '\t' && each <= '\r');
        }
    }

    private void named(String ref, boolean ownWord) {
        if (!ownWord || !ref.equals(element)) {
            named.add(ref);
        }
    }

    private void requireWhole() throws UnreadableEvidence {
        if (lines.isOpenEnded()) {
            throw lines.refused("It ends in the middle of a line: it was cut off");
        }
        for (String ref : referred) {
            if (!elements.containsKey(ref) && !isElsewhere(ref)) {
                throw lines.refused("It names %s, which is not in it: it was cut off".formatted(XmlPull.brief(ref)));
            }
        }
        for (Map.Entry<String, Boolean> each : elements.entrySet()) {
            if (each.getValue() && !named.contains(each.getKey())) {
                throw lines.refused(
                        "No relationship names %s but its own, so nobody can tell whether it was cut off; ask the tool for SPDX 2.3 JSON"
                                .formatted(XmlPull.brief(each.getKey())));
            }
        }
    }

    private static boolean isElsewhere(String ref) {
        return ref.startsWith("DocumentRef-") || ref.equals("NONE") || ref.equals("NOASSERTION");
    }
}
