package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.Artifact;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.supply.Claim.Doubt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims of all documents together against what is released: which artifacts are covered, and what does not agree. */
final class Claims {
    static final String TOTAL = "released.total";
    static final String MISSING = "released.missing";
    static final String FOREIGN = "released.foreign";
    static final String DOUBTED = "released.doubted";
    static final String ELSEWHERE = "released.elsewhere";
    static final String UNCHECKABLE = "released.uncheckable";

    /** What every kind that names artifacts says of them. */
    static final List<KnownFact> FACTS = List.of(
            KnownFact.neither(TOTAL, Fact.Unit.NUMBER, "artifacts that are released"),
            KnownFact.lower(MISSING, Fact.Unit.NUMBER, "released artifacts of which nothing here proves the digest"),
            KnownFact.lower(FOREIGN, Fact.Unit.NUMBER, "artifacts that it speaks of and that are not released"),
            KnownFact.lower(
                    DOUBTED,
                    Fact.Unit.NUMBER,
                    "released artifacts of which it says something else than is expected or that no allowed key has signed"),
            KnownFact.lower(
                    ELSEWHERE,
                    Fact.Unit.NUMBER,
                    "released artifacts of which it tells another digest or commit than is released"),
            KnownFact.lower(
                    UNCHECKABLE, Fact.Unit.NUMBER, "released artifacts whose signature cannot be checked by a digest"));

    private final Released released;
    private final Set<Artifact> proven = new LinkedHashSet<>();
    private final Set<Artifact> doubted = new LinkedHashSet<>();
    private final Set<Artifact> uncheckable = new LinkedHashSet<>();
    private final Set<Artifact> contradicted = new LinkedHashSet<>();
    private final Set<Artifact> elsewhere = new LinkedHashSet<>();
    private final Set<String> foreign = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();

    Claims(Released released) {
        this.released = released;
    }

    void take(Claim claim) {
        @Nullable
        Artifact artifact = claim.sha256() == null
                ? null
                : released.digested(claim.sha256()).orElse(null);
        @Nullable Doubt doubt = claim.doubt();
        if (artifact == null) {
            foreign.add(claim.shown());
        } else if (doubt == null) {
            proven.add(artifact);
            named(claim, artifact);
        } else {
            doubt(artifact, doubt);
            notes.add("%s: %s".formatted(artifact.called(), doubt.why()));
        }
    }

    private void doubt(Artifact artifact, Doubt doubt) {
        switch (doubt) {
            case Doubt.Unsigned _ -> doubted.add(artifact);
            case Doubt.Uncheckable _ -> uncheckable.add(artifact);
            case Doubt.Otherwise _ -> contradicted.add(artifact);
            case Doubt.Elsewhere _ -> elsewhere.add(artifact);
        }
    }

    /** A name is what a file was called when it was made; the digest alone says what it is. */
    private void named(Claim claim, Artifact artifact) {
        String last = claim.name().substring(claim.name().lastIndexOf('/') + 1);
        if (!last.isEmpty() && !last.equals(artifact.called())) {
            notes.add("%s is called %s there".formatted(artifact.called(), claim.name()));
        }
    }

    /** By the name of a released artifact stands another digest: it is from another build. */
    void otherDigest(Artifact artifact, String why) {
        elsewhere.add(artifact);
        notes.add("%s: %s".formatted(artifact.called(), why));
    }

    /** What is proved by one document is not taken back because another one, of somebody else, proves nothing. */
    Compared together() {
        List<Artifact> missing = released.artifacts().stream()
                .filter(artifact -> !proven.contains(artifact))
                .toList();
        doubted.removeIf(proven::contains);
        doubted.addAll(contradicted);
        uncheckable.removeIf(proven::contains);
        List<String> told = new ArrayList<>();
        if (!missing.isEmpty()) {
            told.add("without: " + names(missing.stream().map(Artifact::called).toList()));
        }
        if (!foreign.isEmpty()) {
            told.add("not released: " + names(List.copyOf(foreign)));
        }
        told.addAll(notes.stream().distinct().toList());
        return new Compared(
                new Facts(List.of(
                        number(TOTAL, released.artifacts().size()),
                        number(MISSING, missing.size()),
                        number(FOREIGN, foreign.size()),
                        number(DOUBTED, doubted.size()),
                        number(ELSEWHERE, elsewhere.size()),
                        number(UNCHECKABLE, uncheckable.size()))),
                Reading.told(told));
    }

    private static String names(List<String> all) {
        int shown = Math.min(5, all.size());
        String more = all.size() > shown ? " and %d more".formatted(all.size() - shown) : "";
        return String.join(", ", all.subList(0, shown)) + more;
    }

    private static Fact number(String name, int value) {
        return new Fact(name, BigDecimal.valueOf(value), Fact.Unit.NUMBER);
    }
}
