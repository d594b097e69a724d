package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has signed, read and not yet believed: a bundle of sigstore (0.1 to 0.3; a signature over a file, or an
 * envelope), a DSSE envelope alone, or the form that cosign 2 writes unless it is told otherwise, which calls the signature
 * over a file and the whole envelope of an attestation by one name. Certificates, entries of transparency logs and time
 * stamps in a bundle are passed over: the policy's keys decide alone.
 */
sealed interface SignedDocument {
    /** For people. */
    String dialect();

    /** How many signatures stand in it. */
    int signatures();

    /**
     * A signature over a file.
     *
     * @param digest SHA-256 of the file as the document says; null where it does not say it
     */
    record OverFile(String dialect, byte @Nullable [] digest, byte[] signature) implements SignedDocument {
        /** In hexadecimal digits. */
        @Nullable
        String sha256() {
            return digest == null ? null : HexFormat.of().formatHex(digest);
        }

        @Override
        public int signatures() {
            return 1;
        }
    }

    /** A DSSE envelope (https://github.com/secure-systems-lab/dsse) around a statement of in-toto. */
    record Envelope(String dialect, String payloadType, byte[] payload, List<byte[]> signed, Statement statement)
            implements SignedDocument {
        @Override
        public int signatures() {
            return signed.size();
        }

        /** What the signatures are over: DSSE's pre-authentication encoding. */
        byte[] signedBytes() {
            byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
            byte[] head = "DSSEv1 %d %s %d "
                    .formatted(type.length, payloadType, payload.length)
                    .getBytes(StandardCharsets.UTF_8);
            byte[] all = new byte[head.length + payload.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(payload, 0, all, head.length, payload.length);
            return all;
        }
    }

    static SignedDocument read(byte[] report, ReportJson.Limits limits) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> new Pass(json, limits, true).read());
    }

    /** As strictly, for whoever does not ask for each subject of its statement. */
    static SignedDocument counted(byte[] report, ReportJson.Limits limits) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> new Pass(json, limits, false).read());
    }

    /** Of which kind it is, if it is one at all; one that is broken is taken for a signature, to be refused with its place. */
    static Optional<String> kind(byte[] report, ReportJson.Limits limits) {
        if (report.length > Pass.RECOGNISED_BYTES_MAX) {
            return Optional.empty();
        }
        Optional<Map<String, String>> seen =
                ReportJson.beginning(report, Pass.MEMBERS_SEEN).map(ReportJson.Beginning::members);
        boolean meant = seen.filter(Pass::begins).isPresent();
        if (!meant && (seen.isEmpty() || !seen.get().containsKey("payload"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    counted(report, limits) instanceof Envelope envelope
                                    && envelope.statement().isProvenance()
                            ? ProvenanceReader.KIND
                            : SignatureReader.KIND);
        } catch (UnreadableEvidence broken) {
            return meant ? Optional.of(SignatureReader.KIND) : Optional.empty();
        }
    }

    /** One pass over such a document. */
    final class Pass {
        private static final int RECOGNISED_BYTES_MAX = 4_000_000;
        private static final int MEMBERS_SEEN = 8;
        private static final int SIGNATURES_MAX = 100;
        private static final int SHA256_BYTES = 32;
        private static final int TEXT_BYTES_SEEN = 16;
        private static final String SHA256 = "SHA2_256";
        private static final String OF_COSIGN = "cosign bundle";
        private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";
        private static final String LATEST = MEDIA_TYPE + ".v0.3+json";
        private static final String IN_TOTO = "application/vnd.in-toto+json";

        private final ReportJson json;
        private final ReportJson.Limits limits;
        private final boolean naming;
        private @Nullable String mediaType;
        private @Nullable SignedDocument found;
        private @Nullable String payloadType;
        private byte @Nullable [] payload;
        private @Nullable List<byte[]> signed;

        private Pass(ReportJson json, ReportJson.Limits limits, boolean naming) {
            this.json = json;
            this.limits = limits;
            this.naming = naming;
        }

        private static boolean begins(Map<String, String> members) {
            return members.getOrDefault("mediaType", "").startsWith(MEDIA_TYPE)
                    || members.containsKey("payloadType")
                    || members.containsKey("base64Signature");
        }

        private SignedDocument read() throws UnreadableEvidence {
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "mediaType" -> mediaType = json.text(LATEST);
                    case "messageSignature" -> found(overFile());
                    case "dsseEnvelope" -> {
                        json.members(this::ofEnvelope);
                        found(envelope("sigstore bundle"));
                    }
                    case "base64Signature" -> found(ofCosign(json.base64()));
                    default -> ofEnvelope(member);
                }
            }
            if (found == null && payload != null) {
                found = envelope("DSSE envelope");
            }
            if (found == null) {
                throw json.error(
                        "It has neither messageSignature nor dsseEnvelope, nor is it an envelope: nothing is signed"
                                + " here");
            }
            if (!found.dialect().equals("sigstore bundle")) {
                return found;
            }
            if (mediaType == null || !mediaType.startsWith(MEDIA_TYPE)) {
                throw json.error("\"mediaType\" of a bundle begins with " + MEDIA_TYPE);
            }
            return found;
        }

        private void found(SignedDocument document) throws UnreadableEvidence {
            if (found != null) {
                throw json.error("A bundle holds one signature or one envelope, not several");
            }
            found = document;
        }

        private SignedDocument ofCosign(byte[] signature) throws UnreadableEvidence {
            if (!isObject(signature)) {
                return new OverFile(OF_COSIGN, null, signature);
            }
            try {
                return ReportJson.read(signature, limits, inner -> new Pass(inner, limits, naming).alone());
            } catch (UnreadableEvidence inside) {
                throw json.error("In its base64Signature: " + inside.getMessage());
            }
        }

        /** A signature looks so by chance once in a thousand million times. */
        private static boolean isObject(byte[] bytes) {
            return bytes.length >= TEXT_BYTES_SEEN
                    && bytes[0] == '{'
                    && IntStream.range(1, TEXT_BYTES_SEEN).allMatch(i -> bytes[i] >= ' ' && bytes[i] <= '~');
        }

        /** The envelope that an attestation of cosign's older form is. */
        private Envelope alone() throws UnreadableEvidence {
            json.members(this::ofEnvelope);
            return envelope(OF_COSIGN);
        }

        private OverFile overFile() throws UnreadableEvidence {
            String algorithm = null;
            byte[] digest = null;
            byte[] signature = null;
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "messageDigest" -> {
                        for (String part = json.first(); part != null; part = json.following()) {
                            switch (part) {
                                case "algorithm" -> algorithm = json.text(SHA256);
                                case "digest" -> digest = json.base64();
                                default -> {
                                    // nothing that is known
                                }
                            }
                        }
                    }
                    case "signature" -> signature = json.base64();
                    default -> {
                        // nothing that is known
                    }
                }
            }
            if (digest == null || signature == null) {
                throw json.error("\"messageSignature\" needs a messageDigest with its digest and a signature");
            }
            if (!SHA256.equals(algorithm) || digest.length != SHA256_BYTES) {
                throw json.error("The file's digest is to be SHA2_256, by which artifacts are released, and is "
                        + (algorithm == null ? "of no known kind" : algorithm));
            }
            return new OverFile("sigstore bundle", digest, signature);
        }

        private void ofEnvelope(String member) throws UnreadableEvidence {
            switch (member) {
                case "payloadType" -> payloadType = json.text(IN_TOTO);
                case "payload" -> payload = json.base64();
                case "signatures" -> signed = signatures();
                default -> {
                    // nothing that is signed
                }
            }
        }

        private List<byte[]> signatures() throws UnreadableEvidence {
            List<byte[]> all = new ArrayList<>();
            for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                for (String member = json.first(); member != null; member = json.following()) {
                    if (member.equals("sig")) {
                        all.add(json.base64());
                    }
                    if (all.size() > SIGNATURES_MAX) {
                        throw json.error("An envelope has at most %d signatures".formatted(SIGNATURES_MAX));
                    }
                }
            }
            return all;
        }

        private Envelope envelope(String dialect) throws UnreadableEvidence {
            String type = payloadType;
            byte[] content = payload;
            List<byte[]> all = signed;
            if (type == null || content == null || all == null || all.isEmpty()) {
                throw json.error("An envelope needs payloadType, payload and at least one signature with its sig");
            }
            if (!type.equals(IN_TOTO)) {
                throw json.error("The payload is to be a statement of in-toto (%s), and is %s"
                        .formatted(IN_TOTO, type.length() > 100 ? "another" : type));
            }
            try {
                return new Envelope(dialect, type, content, List.copyOf(all), Statement.read(content, limits, naming));
            } catch (UnreadableEvidence inside) {
                throw json.error("In its payload: " + inside.getMessage());
            }
        }
    }
}
