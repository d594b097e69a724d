package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.files.FilesRecord;
import dev.slipway.validation.files.RevisionFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files of a revision read again from what was kept of them: their record, and what it names. */
final class StoredFiles {
    private final EvidenceBytes bytes;

    StoredFiles(EvidenceBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * What a verdict looked at.
     *
     * @param inputs the record of the files first
     * @throws UnreadableEvidence if any of it is gone or changed
     */
    RevisionFiles of(List<Digest> inputs) throws UnreadableEvidence {
        if (inputs.isEmpty()) {
            throw new UnreadableEvidence("no files were read");
        }
        FilesRecord record = FilesRecord.read(kept(inputs.getFirst()))
                .orElseThrow(() -> new UnreadableEvidence("what it rests on is no record of files"));
        Map<Digest, byte[]> contents = new HashMap<>();
        for (FilesRecord.Entry entry : record.entries()) {
            Digest digest = entry.digest();
            if (digest != null && !contents.containsKey(digest)) {
                contents.put(digest, kept(digest));
            }
        }
        RevisionFiles files = new RevisionFiles(record, contents);
        if (!files.inputs().equals(inputs)) {
            throw new UnreadableEvidence("it rests on other files than its record names");
        }
        return files;
    }

    private byte[] kept(Digest digest) throws UnreadableEvidence {
        return bytes.find(digest)
                .filter(found -> Digest.of(found).equals(digest))
                .orElseThrow(() -> new UnreadableEvidence(bytes.goneOf(digest)
                        .map(GoneReport::text)
                        .orElse("the file " + digest.brief() + " is gone or changed")));
    }
}
