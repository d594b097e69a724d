package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.files.FilesGates;
import dev.slipway.validation.files.FilesRecord;
import dev.slipway.validation.files.Judged;
import dev.slipway.validation.files.RevisionFiles;
import dev.slipway.validation.verdicts.Explanation.Part;
import dev.slipway.validation.verdicts.Explanation.Said;
import dev.slipway.validation.verdicts.Explanation.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges again the files that a gate looked at, and tells each of them with its lines. */
final class ExplainingFiles {
    private static final String RECORD = "which files there were";

    private final StoredFiles stored;

    ExplainingFiles(EvidenceBytes bytes) {
        this.stored = new StoredFiles(bytes);
    }

    Explanation of(Explaining.Asked asked) {
        List<Source> sources = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<Said> facts = new ArrayList<>();
        if (!asked.inputs().isEmpty()) {
            try {
                RevisionFiles files = stored.of(asked.inputs());
                Judged judged = FilesGates.judge(asked.gate(), files);
                sources.addAll(sources(asked, files, judged));
                judged.parts().stream().map(Explaining::part).forEach(parts::add);
                judged.facts()
                        .list()
                        .forEach(fact -> facts.add(new Said(
                                fact.name(),
                                fact.value(),
                                fact.unit(),
                                List.of(asked.inputs().getFirst()))));
            } catch (UnreadableEvidence gone) {
                sources.add(source(asked.inputs().getFirst(), RECORD, List.of(), String.valueOf(gone.getMessage())));
            }
        }
        return asked.explained(parts, facts, sources, toPass(asked, parts));
    }

    private static List<Source> sources(Explaining.Asked asked, RevisionFiles files, Judged judged) {
        List<Source> sources = new ArrayList<>();
        sources.add(source(asked.inputs().getFirst(), RECORD, List.of(), null));
        for (FilesRecord.Entry entry : files.record().entries()) {
            Digest digest = entry.digest();
            if (digest != null) {
                List<String> places = judged.places().getOrDefault(entry.path(), List.of());
                sources.add(source(digest, entry.path(), places, null));
            }
        }
        return sources;
    }

    private static Source source(Digest digest, String file, List<String> places, @Nullable String trouble) {
        return new Source(
                digest, file, "at the revision", null, null, null, null, null, Facts.NONE.values(), trouble, places);
    }

    private static List<String> toPass(Explaining.Asked asked, List<Part> parts) {
        List<String> changes = parts.stream()
                .filter(part -> !Boolean.TRUE.equals(part.holds()))
                .map(Part::why)
                .toList();
        return changes.isEmpty() ? List.of(asked.cause()) : changes;
    }
}
