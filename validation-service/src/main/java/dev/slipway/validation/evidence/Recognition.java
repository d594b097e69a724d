package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake.PassedOver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts files by the kind that each is, as its content says, where nobody says the kind.
 *
 * <p>A file that someone named is of exactly one kind, or is refused with what it looks like. Of a folder, a pattern or an
 * archive are passed over: whole XML, whole JSON and text that no reader knows. What is empty or broken there may have been
 * to become a report, so it is not passed over: XML is taken for a test report that cannot be read, anything else refused.
 */
public final class Recognition {
    private static final String BROKEN_XML = JUnitReader.KIND;

    private final EvidenceReaders readers;

    public Recognition(EvidenceReaders readers) {
        this.readers = readers;
    }

    /**
     * What is read, by kind in the order in which the kinds first came.
     *
     * @param byKind of each kind at least one file
     */
    public record Sorted(Map<String, EvidenceFiles> byKind, List<PassedOver> passedOver) {
        public Sorted {
            byKind = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byKind));
            passedOver = List.copyOf(passedOver);
        }
    }

    /** @throws UnreadableEvidence if nobody can say of which kind a file is */
    public Sorted sort(EvidenceFiles files) throws UnreadableEvidence {
        List<@Nullable String> kinds = new ArrayList<>();
        List<PassedOver> passedOver = new ArrayList<>();
        files.each((name, named, content) -> {
            @Nullable String kind = kind(name, named, content, passedOver);
            kinds.add(kind);
        });
        Map<String, EvidenceFiles> byKind = new LinkedHashMap<>();
        for (@Nullable String kind : kinds) {
            if (kind != null) {
                byKind.putIfAbsent(kind, of(kind, kinds, files));
            }
        }
        return new Sorted(byKind, passedOver);
    }

    private static EvidenceFiles of(String kind, List<@Nullable String> kinds, EvidenceFiles files) {
        return visitor -> {
            int[] place = {0};
            files.each((name, named, content) -> {
                if (kind.equals(kinds.get(place[0]++))) {
                    visitor.visit(name, named, content);
                }
            });
        };
    }

    private @Nullable String kind(String name, boolean named, byte[] content, List<PassedOver> passedOver)
            throws UnreadableEvidence {
        List<String> known = readers.list().stream()
                .filter(reader -> reader.recognises(content))
                .map(EvidenceReader::kind)
                .toList();
        if (known.size() == 1) {
            return known.getFirst();
        }
        if (known.size() > 1) {
            throw new UnreadableEvidence("%s may be of the kinds %s: say which with --kind (kind= in the API)"
                    .formatted(name, String.join(" and ", known)));
        }
        Shape shape = Shape.of(content);
        if (named) {
            throw new UnreadableEvidence(
                    ("%s is no report that is known by its content, it is %s. Say what it is with --kind (kind= in the API): %s."
                                    + " What none of them is can be said in numbers, as kind facts (slipway facts)")
                            .formatted(name, shape.words(), String.join(", ", readers.kinds())));
        }
        if (shape.form() != Shape.Form.BROKEN) {
            passedOver.add(new PassedOver(name, unknown(content, shape)));
            return null;
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".xml")) {
            return BROKEN_XML;
        }
        throw new UnreadableEvidence(
                "%s is %s, so nobody can say whether it was to become a report: remove it, or name the"
                                .formatted(name, shape.words())
                        + " reports themselves");
    }

    private String unknown(byte[] content, Shape shape) {
        return readers.list().stream()
                .filter(reader -> reader.kind().equals(JUnitReader.KIND) && shape.form() == Shape.Form.XML)
                .map(reader -> reader.somethingElse(content))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse("no report that is known, it is " + shape.words());
    }
}
