package dev.slipway.validation;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.ReportArchive;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.RevisionId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Takes apart what is sent and keeps its files one by one: an archive is how they travel, not what is kept. */
final class EvidenceShelf {
    /** What a report is called that came alone, without a name. */
    private static final String ALONE = "the report";

    private final EvidenceBytes bytes;
    private final ReportArchive.Limits limits;

    EvidenceShelf(EvidenceBytes bytes, ReportArchive.Limits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /** Durable when it returns. */
    void keep(EvidenceReader reader, EvidenceFiles files, RevisionId revision) {
        try {
            new Intake(reader).chosen(files, new ArrayList<>()).each((name, _, content) -> {
                Digest digest = Digest.of(content);
                bytes.keep(digest, content, revision.toString());
                if (!name.equals(ALONE)) {
                    bytes.name(digest, name);
                }
            });
        } catch (UnreadableEvidence impossible) {
            throw new IllegalStateException("It was read just now", impossible);
        }
    }

    void keep(RunRecord run, RevisionId revision) {
        byte[] content = run.bytes();
        bytes.keep(Digest.of(content), content, revision.toString());
    }

    /**
     * What is in a body: a report alone, or those of an archive.
     *
     * @param file what the report is called, or null if nobody says
     */
    EvidenceFiles files(byte[] body, @Nullable String file) {
        return ReportArchive.is(body)
                ? new ReportArchive(body, limits)
                : EvidenceFiles.of(file == null ? ALONE : file, body);
    }
}
