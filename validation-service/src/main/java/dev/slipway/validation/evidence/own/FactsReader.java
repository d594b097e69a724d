package dev.slipway.validation.evidence.own;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Our own form, {@link SentFacts}: a flat JSON of names and values with units. Nothing else may stand in it, and no name may
 * begin as those of another kind do: a fact that is called {@code tests.failed} comes from a test report.
 */
public final class FactsReader implements EvidenceReader {
    public static final String KIND = "facts";

    private static final int MEMBERS_MAX = 4;
    private static final int TEXT_CHARS_MAX = 200;

    private final ReportJson.Limits limits;
    private final Set<String> owned;

    /** @param others all readers beside this one, whose names nobody else may say */
    public FactsReader(JUnitReader.Limits limits, List<EvidenceReader> others) {
        this.limits = new ReportJson.Limits(limits.depthMax(), limits.elementsMax(), TEXT_CHARS_MAX);
        Set<String> roots = new TreeSet<>(Set.of("run", "tool"));
        others.stream().flatMap(reader -> reader.facts().stream()).forEach(fact -> roots.add(root(fact.name())));
        owned = Set.copyOf(roots);
    }

    private static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        try (ReportJson json = ReportJson.open(report, limits)) {
            return new Pass(json).read();
        }
    }

    /** One pass over such a document. */
    private final class Pass {
        private final ReportJson json;
        private final List<Fact> facts = new ArrayList<>();
        private boolean formed;
        /** How the name before began, which is nobody's. */
        private String free = "";

        /** Of the fact before. */
        private String unit = SentFacts.NUMBER;

        private SentFacts.Unit known = SentFacts.Unit.NUMBER;

        private Pass(ReportJson json) {
            this.json = json;
        }

        private Reading read() throws UnreadableEvidence {
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "slipway" -> {
                        if (!json.isText(SentFacts.FORM)) {
                            throw json.error("This version reads \"%s\"".formatted(SentFacts.FORM));
                        }
                        formed = true;
                    }
                    case "facts" -> facts();
                    default -> throw json.error("Only \"slipway\" and \"facts\" may stand here");
                }
            }
            if (!formed) {
                throw json.error("\"slipway\": \"%s\" is missing".formatted(SentFacts.FORM));
            }
            json.end();
            try {
                return new Reading("slipway facts", new Facts(SentFacts.inOrder(facts)), List.of());
            } catch (IllegalArgumentException illegal) {
                throw json.error(String.valueOf(illegal.getMessage()));
            }
        }

        private void facts() throws UnreadableEvidence {
            for (String name = json.first(); name != null; name = json.following()) {
                if (facts.size() >= SentFacts.FACTS_MAX) {
                    throw json.error("Say at most %d facts".formatted(SentFacts.FACTS_MAX));
                }
                requireFree(name);
                try {
                    facts.add(json.isObject() ? valueWithUnit(name) : value(name));
                } catch (IllegalArgumentException illegal) {
                    throw json.error(String.valueOf(illegal.getMessage()));
                }
            }
        }

        private void requireFree(String name) throws UnreadableEvidence {
            if (!free.isEmpty() && name.startsWith(free)) {
                return;
            }
            String root = root(name);
            if (owned.contains(root)) {
                throw json.error("\"%s\" is a name of another kind of evidence: none may begin with %s"
                        .formatted(name, String.join(", ", new TreeSet<>(owned))));
            }
            free = root + '.';
        }

        private Fact value(String name) throws UnreadableEvidence {
            BigDecimal value = json.number();
            SentFacts.requireName(name);
            return SentFacts.fact(name, value, SentFacts.Unit.NUMBER);
        }

        private Fact valueWithUnit(String name) throws UnreadableEvidence {
            BigDecimal value = null;
            String written = SentFacts.NUMBER;
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "value" -> value = json.number();
                    case "unit" -> written = json.text(unit);
                    default -> throw json.error("Only \"value\" and \"unit\" may stand here");
                }
            }
            if (value == null) {
                throw json.error("\"value\" is missing");
            }
            SentFacts.requireName(name);
            if (!written.equals(unit)) {
                known = SentFacts.unit(name, written);
                unit = written;
            }
            return SentFacts.fact(name, value, known);
        }
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX)
                .filter(beginning -> !isOurs(beginning))
                .map(_ -> "no facts in Slipway's own form")
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX)
                .filter(FactsReader::isOurs)
                .isPresent();
    }

    private static boolean isOurs(ReportJson.Beginning beginning) {
        return !beginning.list()
                && beginning.members().getOrDefault("slipway", "").startsWith("facts");
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(KnownFact.neither("*", Fact.Unit.UNKNOWN, "whatever its sender names, with its unit"));
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
