package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Companions;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.ReaderChange;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that was judged by what an older version of the readers read. Only facts which the table says are read otherwise since
 * may differ, over reports that show the sign of it, and by those that the verdict tells it has to be right (ADR 83).
 */
final class ReadThen {
    private static final String CUT = "…";
    private static final Pattern TOLD = Pattern.compile("(.+) (-?\\d{1,30}(?:\\.\\d{1,30})?%?)", Pattern.DOTALL);

    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;
    private final List<ReaderChange> changes;

    ReadThen(EvidenceReaders readers, EvidenceBytes bytes, List<ReaderChange> changes) {
        this.readers = readers;
        this.bytes = bytes;
        this.changes = changes;
    }

    /**
     * How its facts are read otherwise now; nothing where that is not what its verdict differs by.
     *
     * @param now what its reports say to the present readers
     * @param right whether facts give its verdict
     */
    Optional<String> otherwise(VerdictDraft verdict, Facts now, Predicate<Facts> right) {
        List<ReaderChange> since = since(verdict);
        return since.isEmpty() ? Optional.empty() : otherwise(verdict, now, since, right);
    }

    private Optional<String> otherwise(
            VerdictDraft verdict, Facts now, List<ReaderChange> since, Predicate<Facts> right) {
        Map<String, String> told = told(verdict.observed());
        boolean cut = verdict.observed().endsWith(CUT);
        Set<String> names = new LinkedHashSet<>(now.values().keySet());
        names.addAll(told.keySet());
        List<Fact> then = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            Optional<Fact> fact = now.named(name);
            @Nullable String was = told.get(name);
            String is = fact.map(known -> known.toString().substring(name.length() + 1))
                    .orElse("absent");
            if (is.equals(was) || (was == null && cut)) {
                fact.ifPresent(then::add);
            } else if (since.stream().noneMatch(change -> change.facts().contains(name))) {
                return Optional.empty();
            } else {
                differing.add("%s (%s, was %s)".formatted(name, is, was == null ? "absent" : was));
                if (was != null) {
                    then.add(fact(verdict, name, was));
                }
            }
        }
        return !differing.isEmpty() && right.test(new Facts(then, now.inventory()))
                ? Optional.of(note(verdict, "reads " + String.join(", ", differing) + " otherwise", since))
                : Optional.empty();
    }

    /** That one of its reports is not read any more; nothing where no change says so, or one is gone or was changed. */
    Optional<String> refused(VerdictDraft verdict, String why) {
        List<ReaderChange> since = since(verdict).stream()
                .filter(change -> change.facts().contains(ReaderChange.REFUSED))
                .toList();
        boolean kept = verdict.restsOn().stream()
                .allMatch(digest -> bytes.find(digest)
                        .map(Digest::of)
                        .filter(digest::equals)
                        .isPresent());
        return since.isEmpty() || !kept
                ? Optional.empty()
                : Optional.of(note(verdict, "refuses its report (" + why + ")", since));
    }

    private static String note(VerdictDraft verdict, String what, List<ReaderChange> since) {
        return "%s, read by %s; %s %s: %s"
                .formatted(
                        verdict.verdict(),
                        ReaderChange.reader(verdict.reader()),
                        ReaderChange.reader(since.getLast().version()),
                        what,
                        since.stream().map(ReaderChange::what).collect(Collectors.joining("; ")));
    }

    private List<ReaderChange> since(VerdictDraft verdict) {
        String kind = String.valueOf(verdict.gate().evidence());
        return changes.stream()
                .filter(change -> change.version() > verdict.reader())
                .filter(change -> change.kinds().contains(kind)
                        || Companions.of(kind).stream().anyMatch(change.kinds()::contains))
                .filter(change -> verdict.inputs().stream()
                        .flatMap(digest -> bytes.find(digest).stream())
                        .anyMatch(report -> change.sign()
                                .matcher(new String(report, StandardCharsets.ISO_8859_1))
                                .find()))
                .toList();
    }

    /** Each fact's value, as {@link Facts#toString} told it; what was cut off is not among them. */
    private static Map<String, String> told(String observed) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String fact : observed.split(", ", -1)) {
            Matcher named = TOLD.matcher(fact);
            if (named.matches()) {
                told.put(named.group(1), named.group(2));
            }
        }
        return told;
    }

    private Fact fact(VerdictDraft verdict, String name, String value) {
        Fact.Unit unit = readers.of(String.valueOf(verdict.gate().evidence())).map(EvidenceReader::facts).stream()
                .flatMap(List::stream)
                .filter(known -> known.name().equals(name))
                .map(KnownFact::unit)
                .findFirst()
                .orElse(Fact.Unit.NUMBER);
        return new Fact(name, new BigDecimal(value.replace("%", "")), unit);
    }
}
