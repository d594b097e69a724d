package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import dev.slipway.validation.evidence.own.SentFacts;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What vouches for artifacts, and numbers of one's own. Nobody has signed it: it is read, and not held against a release. */
final class SupplySamples {
    private static final String SIGNATURE = """
            {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"release"},\
            "tlogEntries":[]},"messageSignature":{"messageDigest":{"algorithm":"SHA2_256",\
            "digest":"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="},\
            "signature":"MEYCIQDGUHxf8sHr+K3Qfv1U6CtIVyekBnmij64IM/kwrM1yXAIhAKFuwzgtrbBWNtw/5KGYUIIR1TGQwL5ysNdEnBgjDcU9"}}
            """;
    private static final int FACTS = 100;

    static final List<SampleReport> ALL = List.of(
            new SampleReport("checksums", "checksums, %,d lines", 100_000, Form.LINES, SupplySamples::checksums),
            new SampleReport("provenance", "provenance, %,d subjects", 5_000, Form.JSON, SupplySamples::provenance),
            SampleReport.summary("signature", Form.JSON, SIGNATURE),
            SampleReport.summary("facts", Form.JSON, facts()));

    private SupplySamples() {}

    private static String digest(int i) {
        return String.format(Locale.ROOT, "%064x", i + 1);
    }

    private static void checksums(PrintStream out, int lines) {
        for (int i = 0; i < lines; i++) {
            out.print(digest(i) + "  dist/part-" + i + ".jar\n");
        }
    }

    private static void provenance(PrintStream out, int subjects) {
        StringBuilder statement = new StringBuilder("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[");
        for (int i = 0; i < subjects; i++) {
            statement
                    .append(i == 0 ? "" : ",")
                    .append("{\"name\":\"part-")
                    .append(i)
                    .append(".jar\",\"digest\":{\"sha256\":\"")
                    .append(digest(i))
                    .append("\"}}");
        }
        statement.append("],\"predicateType\":\"https://slsa.dev/provenance/v1\",\"predicate\":{\"buildDefinition\":{"
                + "\"buildType\":\"https://ci.example.test/build/v1\",\"externalParameters\":{},\"resolvedDependencies\":[{"
                + "\"uri\":\"git+https://git.example.test/team/app@refs/heads/main\",\"digest\":{\"gitCommit\":\"");
        statement
                .append("c0ffee".repeat(6))
                .append("c0ff\"}}]},\"runDetails\":{\"builder\":{\"id\":\"https://ci.example.test\"}}}}");
        byte[] payload = statement.toString().getBytes(StandardCharsets.UTF_8);
        out.print("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                + Base64.getEncoder().encodeToString(payload)
                + "\",\"signatures\":[{\"keyid\":\"\",\"sig\":\"MEYCIQD6Q6CJ\"}]}");
    }

    /** As {@code slipway facts} writes them. */
    private static String facts() {
        SentFacts facts = new SentFacts(IntStream.range(0, FACTS)
                .mapToObj(i -> SentFacts.parse("bundle.part-%d=%dbytes".formatted(i, 120_000 + i)))
                .toList());
        return new String(facts.bytes(), StandardCharsets.UTF_8);
    }
}
