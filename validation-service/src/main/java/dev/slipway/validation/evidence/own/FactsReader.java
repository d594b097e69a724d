package dev.slipway.validation.evidence.own;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.own.SentFacts.Sent;
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
        List<Sent> sent = new ArrayList<>();
        boolean[] formed = {false};
        try (ReportJson json = ReportJson.open(report, limits)) {
            json.members(member -> {
                switch (member) {
                    case "slipway" -> {
                        if (!json.text().equals(SentFacts.FORM)) {
                            throw json.error("This version reads \"%s\"".formatted(SentFacts.FORM));
                        }
                        formed[0] = true;
                    }
                    case "facts" -> json.members(fact -> sent.add(fact(json, fact, sent.size())));
                    default -> throw json.error("Only \"slipway\" and \"facts\" may stand here");
                }
            });
            if (!formed[0]) {
                throw json.error("\"slipway\": \"%s\" is missing".formatted(SentFacts.FORM));
            }
            json.end();
            return new Reading("slipway facts", facts(json, sent), List.of());
        }
    }

    private static Facts facts(ReportJson json, List<Sent> sent) throws UnreadableEvidence {
        try {
            return new Facts(new SentFacts(sent).list().stream().map(Sent::fact).toList());
        } catch (IllegalArgumentException illegal) {
            throw json.error(String.valueOf(illegal.getMessage()));
        }
    }

    private Sent fact(ReportJson json, String name, int before) throws UnreadableEvidence {
        if (before >= SentFacts.FACTS_MAX) {
            throw json.error("Say at most %d facts".formatted(SentFacts.FACTS_MAX));
        }
        if (owned.contains(root(name))) {
            throw json.error("\"%s\" is a name of another kind of evidence: none may begin with %s"
                    .formatted(name, String.join(", ", new TreeSet<>(owned))));
        }
        try {
            return json.isObject() ? valueWithUnit(json, name) : new Sent(name, json.number(), "number");
        } catch (IllegalArgumentException illegal) {
            throw json.error(String.valueOf(illegal.getMessage()));
        }
    }

    private static Sent valueWithUnit(ReportJson json, String name) throws UnreadableEvidence {
        BigDecimal[] value = {null};
        String[] unit = {"number"};
        json.members(member -> {
            switch (member) {
                case "value" -> value[0] = json.number();
                case "unit" -> unit[0] = json.text();
                default -> throw json.error("Only \"value\" and \"unit\" may stand here");
            }
        });
        if (value[0] == null) {
            throw json.error("\"value\" is missing");
        }
        return new Sent(name, value[0], unit[0]);
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
