package dev.slipway.cli.proof;

import dev.slipway.chain.Envelope;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.verdicts.VerdictRecord;
import dev.slipway.validation.verdicts.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file with all that proves a release. The same content gives the same bytes: names in order, no times.
 *
 * <pre>
 * proof.json        the records and what ties them to each other
 * keys/ID.pem       the public keys that signed
 * attestation.json  the in-toto statement in its DSSE envelope, where the release has ended
 * policy.json       the policy that it was held to, as in its first record
 * verdicts.json     the verdicts of its gates
 * evidence/DIGEST   the reports that those rest on
 * gone.json         the reports that went by retention, where some did
 * retention.json    the record of who held it and what of it went, where there is one
 * seconds.jsonl     what it was judged by in production, where that is kept
 * </pre>
 */
public final class ProofArchive {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final long BYTES_MAX = 1L << 30;
    private static final int ENTRIES_MAX = 10_000;
    private static final JUnitReader.Limits LIMITS = new JUnitReader.Limits(32, 500_000);
    private static final String PROOF = "proof.json";
    private static final String ATTESTATION = "attestation.json";
    private static final String POLICY = "policy.json";
    private static final String VERDICTS = "verdicts.json";
    private static final String SECONDS = "seconds.jsonl";
    private static final String GONE = "gone.json";
    private static final String RETENTION = "retention.json";
    private static final String KEYS = "keys/";
    private static final String EVIDENCE = "evidence/";
    private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();

    private final SortedMap<String, byte[]> entries;

    private ProofArchive(SortedMap<String, byte[]> entries) {
        this.entries = entries;
    }

    /** @param reports what could be had of the reports */
    public static ProofArchive of(Bundle bundle, Map<Digest, byte[]> reports) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        Proof proof = bundle.proof();
        entries.put(PROOF, json(bare(proof)));
        ProofKeys.of(proof.keys())
                .byId()
                .forEach((id, key) -> entries.put(KEYS + id + ".pem", utf8(ProofKeys.pem(key))));
        if (proof.attestation() != null) {
            entries.put(ATTESTATION, json(proof.attestation()));
        }
        entries.put(POLICY, json(bundle.policy()));
        entries.put(VERDICTS, json(bundle.verdicts()));
        if (!bundle.gone().isEmpty()) {
            entries.put(GONE, json(bundle.gone()));
        }
        if (bundle.retention() != null) {
            entries.put(RETENTION, json(bare(bundle.retention())));
        }
        if (!bundle.seconds().isEmpty()) {
            entries.put(SECONDS, utf8(String.join("\n", bundle.seconds()) + "\n"));
        }
        reports.forEach((digest, bytes) -> entries.put(EVIDENCE + digest.hex(), bytes));
        return new ProofArchive(entries);
    }

    /** Keys and attestation have files of their own. */
    private static Proof bare(Proof proof) {
        return new Proof(proof.chain(), proof.records(), proof.head(), List.of(), null);
    }

    private static byte[] json(Object value) {
        JsonNode tree = WireJson.mapper().valueToTree(value);
        return utf8(PRETTY.writeValueAsString(tree) + "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
    }

    /**
     * Reads one.
     *
     * @throws CommandFailed if it is none
     */
    public static ProofArchive read(Path file) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, BYTES_MAX - bytes + 1));
                bytes += content.length;
                if (bytes > BYTES_MAX || entries.size() == ENTRIES_MAX) {
                    throw none(file, "it holds more than 1 GB or %d files".formatted(ENTRIES_MAX), null);
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw none(file, "it holds %s twice".formatted(entry.getName()), null);
                }
            }
        } catch (IOException unreadable) {
            throw none(file, String.valueOf(unreadable.getMessage()), unreadable);
        }
        if (!entries.containsKey(PROOF)) {
            throw none(file, "there is no %s in it".formatted(PROOF), null);
        }
        return new ProofArchive(entries);
    }

    private static CommandFailed none(Path file, String why, @Nullable Throwable cause) {
        String text =
                "%s is no archive of evidence (%s): ./slipway evidence export RELEASE writes one".formatted(file, why);
        return cause == null ? new CommandFailed(ExitCode.USAGE, text) : new CommandFailed(ExitCode.USAGE, text, cause);
    }

    /**
     * Checks it with nothing but what is in it.
     *
     * @param believed keys in PEM that are believed alone; none for those that it brings along
     */
    public Verified check(List<String> believed) {
        try {
            Proof bare = WireJson.mapper().readValue(Objects.requireNonNull(entries.get(PROOF)), Proof.class);
            List<String> pems = entries.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(KEYS))
                    .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
                    .toList();
            Proof proof = new Proof(bare.chain(), bare.records(), bare.head(), pems, attestation());
            Bundle bundle = new Bundle(proof, verdicts(), seconds(), gone(), retention(pems));
            List<String> faults =
                    new ArrayList<>(new Verification(EvidenceReaders.shipped(LIMITS), new Kept(bundle.gone()))
                            .faultsApart(bundle.verdicts()));
            policy(bundle, faults);
            return BundleCheck.of(bundle, ProofKeys.of(believed.isEmpty() ? pems : believed), faults);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new CommandFailed(
                    ExitCode.FAILED, "the archive cannot be read any more: " + broken.getMessage(), broken);
        }
    }

    private @Nullable Envelope attestation() {
        byte[] json = entries.get(ATTESTATION);
        return json == null ? null : WireJson.mapper().readValue(json, Envelope.class);
    }

    private List<VerdictRecord> verdicts() {
        byte[] json = entries.getOrDefault(VERDICTS, utf8("[]"));
        return List.of(WireJson.mapper().readValue(json, VerdictRecord[].class));
    }

    private List<GoneReport> gone() {
        byte[] json = entries.getOrDefault(GONE, utf8("[]"));
        return List.of(WireJson.mapper().readValue(json, GoneReport[].class));
    }

    private @Nullable Proof retention(List<String> pems) {
        byte[] json = entries.get(RETENTION);
        if (json == null) {
            return null;
        }
        Proof bare = WireJson.mapper().readValue(json, Proof.class);
        return new Proof(bare.chain(), bare.records(), bare.head(), pems, null);
    }

    private List<String> seconds() {
        return new String(entries.getOrDefault(SECONDS, new byte[0]), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void policy(Bundle bundle, List<String> faults) {
        byte[] json = entries.get(POLICY);
        if (json == null || !BundleCheck.same(WireJson.mapper().readTree(json), bundle.policy())) {
            faults.add("policy.json is not the policy of the first record");
        }
    }

    /** The reports of the archive. */
    private final class Kept implements EvidenceBytes {
        private final List<GoneReport> gone;

        private Kept(List<GoneReport> gone) {
            this.gone = gone;
        }

        @Override
        public Optional<GoneReport> goneOf(Digest digest) {
            return gone.stream()
                    .filter(report ->
                            report.digest().equals(digest) && find(digest).isEmpty())
                    .findFirst();
        }

        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            throw new UnsupportedOperationException("an archive is only read");
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            throw new UnsupportedOperationException("an archive is only read");
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(entries.get(EVIDENCE + digest.hex()));
        }
    }
}
