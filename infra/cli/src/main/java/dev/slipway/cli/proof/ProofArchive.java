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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
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
 * files/DIGEST      the files that stand with answers, where some do
 * gone.json         the reports that went by retention, where some did
 * retention.json    the record of who held it and what of it went, where there is one
 * seconds.jsonl     what it was judged by in production, where that is kept
 * disruption.json   what users had of it, where production went back or had it repaired, as in its records
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
    private static final String DISRUPTION = "disruption.json";
    private static final String KEYS = "keys/";
    private static final String PEM = ".pem";
    private static final String EVIDENCE = "evidence/";
    private static final String FILES = "files/";
    private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();
    /** Each name once, each number to its last digit. */
    private static final ObjectReader STRICT = WireJson.mapper()
            .reader()
            .with(
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final SortedMap<String, byte[]> entries;

    private ProofArchive(SortedMap<String, byte[]> entries) {
        this.entries = entries;
    }

    /**
     * @param reports what could be had of the reports
     * @param files what could be had of the files that stand with answers
     */
    public static ProofArchive of(Bundle bundle, Map<Digest, byte[]> reports, Map<Digest, byte[]> files) {
        SortedMap<String, byte[]> entries = allButPolicy(bundle, reports, files);
        entries.put(POLICY, json(bundle.policy()));
        return new ProofArchive(entries);
    }

    private static SortedMap<String, byte[]> allButPolicy(
            Bundle bundle, Map<Digest, byte[]> reports, Map<Digest, byte[]> files) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        Proof proof = bundle.proof();
        entries.put(PROOF, json(bare(proof)));
        ProofKeys.of(proof.keys()).byId().forEach((id, key) -> entries.put(KEYS + id + PEM, utf8(ProofKeys.pem(key))));
        if (proof.attestation() != null) {
            entries.put(ATTESTATION, json(proof.attestation()));
        }
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
        if (bundle.disruption().isObject()) {
            entries.put(DISRUPTION, json(bundle.disruption()));
        }
        reports.forEach((digest, bytes) -> entries.put(EVIDENCE + digest.hex(), bytes));
        files.forEach((digest, bytes) -> entries.put(FILES + digest.hex(), bytes));
        return entries;
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
     * @throws CommandFailed if it is none, or shows one thing to whoever checks it and another to whoever unpacks it
     */
    public static ProofArchive read(Path file) {
        SortedMap<String, byte[]> entries;
        try {
            entries = ArchiveEntries.read(file, BYTES_MAX, ENTRIES_MAX);
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
                    .filter(entry ->
                            entry.getKey().startsWith(KEYS) && entry.getKey().endsWith(PEM))
                    .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
                    .toList();
            Proof proof = new Proof(bare.chain(), bare.records(), bare.head(), pems, attestation());
            Bundle bundle = new Bundle(proof, verdicts(), seconds(), gone(), retention(pems));
            Verification.Found again = new Verification(EvidenceReaders.shipped(LIMITS), new Kept(bundle.gone()))
                    .checkApart(bundle.verdicts());
            List<String> faults = new ArrayList<>(again.faults());
            copies(bundle, faults);
            faults.addAll(beyond(bundle));
            return BundleCheck.ofFile(
                            bundle,
                            ProofKeys.of(believed.isEmpty() ? pems : believed),
                            faults,
                            digest -> Optional.ofNullable(entries.get(FILES + digest.hex())))
                    .reading(again.otherwise());
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

    /** What stands in a file of its own is what the records say. */
    private void copies(Bundle bundle, List<String> faults) {
        byte[] json = entries.get(POLICY);
        if (json == null || !BundleCheck.same(STRICT.readTree(json), bundle.policy())) {
            faults.add("policy.json is not the policy of the first record");
        }
        byte[] disruption = entries.get(DISRUPTION);
        if (disruption != null && !BundleCheck.same(WireJson.mapper().readTree(disruption), bundle.disruption())) {
            faults.add("disruption.json is not what the records say of it");
        }
    }

    /**
     * What stands in the archive beyond what the record says: files that it does not speak of, and members that are passed
     * over when it is read. Somebody else may read them, and nothing vouches for them.
     */
    private List<String> beyond(Bundle bundle) {
        List<String> faults = new ArrayList<>();
        Map<Digest, byte[]> reports = new HashMap<>();
        for (Digest digest : bundle.reports()) {
            byte[] report = entries.get(EVIDENCE + digest.hex());
            if (report != null) {
                reports.put(digest, report);
            }
        }
        Map<Digest, byte[]> files = new HashMap<>();
        for (AnsweredFiles.Named named : AnsweredFiles.of(bundle)) {
            byte[] file = entries.get(FILES + named.digest().hex());
            if (file != null) {
                files.put(named.digest(), file);
            }
        }
        SortedMap<String, byte[]> proved = allButPolicy(bundle, reports, files);
        entries.forEach((name, content) -> {
            byte[] said = proved.get(name);
            if (said == null && !name.equals(POLICY)) {
                faults.add("%s: nothing in the record speaks of it".formatted(name));
            } else if (said != null && !sayTheSame(name, content, said)) {
                faults.add("%s: it holds something that the record does not say".formatted(name));
            }
        });
        reports.forEach((digest, report) -> {
            if (!Digest.of(report).equals(digest)) {
                faults.add("%s%s: it is not what its name says".formatted(EVIDENCE, digest.hex()));
            }
        });
        faults.addAll(beyondGone(bundle, reports.keySet()));
        faults.addAll(saidTwice(bundle.seconds()));
        return faults;
    }

    private static boolean sayTheSame(String name, byte[] content, byte[] said) {
        try {
            return name.endsWith(".json")
                    ? STRICT.readTree(content).equals(STRICT.readTree(said))
                    : Arrays.equals(content, said);
        } catch (JacksonException twice) {
            return false;
        }
    }

    private static List<String> beyondGone(Bundle bundle, Set<Digest> there) {
        List<String> faults = new ArrayList<>();
        Set<Digest> rest = new HashSet<>(bundle.reports());
        rest.removeAll(there);
        for (GoneReport gone : bundle.gone()) {
            if (!rest.remove(gone.digest())) {
                faults.add("%s: report %s is there, is told twice, or no verdict rests on it"
                        .formatted(GONE, gone.digest()));
            }
        }
        return faults;
    }

    private static List<String> saidTwice(List<String> seconds) {
        List<String> faults = new ArrayList<>();
        for (int line = 0; line < seconds.size(); line++) {
            try {
                STRICT.readTree(seconds.get(line));
            } catch (JacksonException twice) {
                faults.add("%s: line %d is no JSON in which each name stands once".formatted(SECONDS, line + 1));
            }
        }
        return faults;
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
