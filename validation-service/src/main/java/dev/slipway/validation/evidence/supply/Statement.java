package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of in-toto (v1 and v0.1), and what its predicate says where it is SLSA provenance (v1 and v0.2).
 *
 * @param subjects what it speaks of, at least one
 * @param builder who made them, or null if it does not say so
 * @param sources what they were made of
 */
record Statement(
        String predicateType,
        List<Subject> subjects,
        @Nullable String builder,
        List<Material> sources) {
    private static final Set<String> TYPES =
            Set.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");
    private static final String PROVENANCE = "https://slsa.dev/provenance/";
    private static final Set<String> PROVENANCES = Set.of(PROVENANCE + "v1", PROVENANCE + "v0.2");
    private static final int LISTED_MAX = 10_000;
    private static final int SHA256_DIGITS = 64;

    /**
     * What it speaks of.
     *
     * @param sha256 in small letters; null where it names another digest alone
     */
    record Subject(String name, @Nullable String sha256) {}

    /**
     * What was built from.
     *
     * @param commits by which Git knows it, in small letters; none for what comes from elsewhere
     */
    record Material(String uri, Set<String> commits) {
        Material {
            commits = Set.copyOf(commits);
        }
    }

    Statement {
        subjects = List.copyOf(subjects);
        sources = List.copyOf(sources);
    }

    boolean isProvenance() {
        return PROVENANCES.contains(predicateType);
    }

    static Statement read(byte[] payload, ReportJson.Limits limits) throws UnreadableEvidence {
        return ReportJson.read(payload, limits, json -> new Pass(json).read());
    }

    private static final class Pass {
        private final ReportJson json;
        private final List<Subject> subjects = new ArrayList<>();
        private final List<Material> sources = new ArrayList<>();
        private @Nullable String type;
        private @Nullable String predicateType;
        private @Nullable String builder;

        private Pass(ReportJson json) {
            this.json = json;
        }

        private Statement read() throws UnreadableEvidence {
            json.members(member -> {
                switch (member) {
                    case "_type" -> type = json.text();
                    case "predicateType" -> predicateType = json.text();
                    case "subject" -> json.elements(this::subject);
                    case "predicate" -> predicate();
                    default -> {
                        // nothing that a statement says
                    }
                }
            });
            if (type == null || !TYPES.contains(type)) {
                throw json.error("\"_type\" is to be %s"
                        .formatted(String.join(" or ", TYPES.stream().sorted().toList())));
            }
            if (predicateType == null || subjects.isEmpty()) {
                throw json.error("A statement needs a predicateType and at least one subject");
            }
            return new Statement(predicateType, subjects, builder, sources);
        }

        private void subject() throws UnreadableEvidence {
            String name = "";
            @Nullable String sha256 = null;
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "name" -> name = text();
                    case "digest" -> sha256 = digest();
                    default -> {
                        // annotations
                    }
                }
            }
            if (subjects.size() >= LISTED_MAX) {
                throw json.error("A statement has at most %d subjects".formatted(LISTED_MAX));
            }
            subjects.add(new Subject(name, sha256));
        }

        private @Nullable String digest() throws UnreadableEvidence {
            @Nullable String sha256 = null;
            for (String algorithm = json.first(); algorithm != null; algorithm = json.following()) {
                String digits = json.text();
                sha256 = algorithm.equals("sha256") ? sha256(digits) : sha256;
            }
            return sha256;
        }

        private String sha256(String digits) throws UnreadableEvidence {
            boolean legal = digits.length() == SHA256_DIGITS;
            for (int i = 0; legal && i < SHA256_DIGITS; i++) {
                legal = HexFormat.isHexDigit(digits.charAt(i));
            }
            if (!legal) {
                throw json.error("A SHA-256 has 64 hexadecimal digits");
            }
            return digits.toLowerCase(Locale.ROOT);
        }

        /** Another predicate is passed over: it may be anything. */
        private void predicate() throws UnreadableEvidence {
            if (!json.isObject()) {
                return;
            }
            json.members(member -> {
                switch (member) {
                    case "buildDefinition" ->
                        objects(part -> {
                            if (part.equals("resolvedDependencies")) {
                                materials();
                            }
                        });
                    case "runDetails" ->
                        objects(part -> {
                            if (part.equals("builder")) {
                                builder();
                            }
                        });
                    case "builder" -> builder();
                    case "materials" -> materials();
                    case "invocation" ->
                        objects(part -> {
                            if (part.equals("configSource") && json.isObject()) {
                                material();
                            }
                        });
                    default -> {
                        // nothing that is asked for
                    }
                }
            });
        }

        private void objects(ReportJson.Member each) throws UnreadableEvidence {
            if (json.isObject()) {
                json.members(each);
            }
        }

        private void builder() throws UnreadableEvidence {
            objects(member -> {
                if (member.equals("id")) {
                    builder = text();
                }
            });
        }

        private void materials() throws UnreadableEvidence {
            if (json.isList()) {
                json.elements(() -> {
                    if (json.isObject()) {
                        material();
                    }
                });
            }
        }

        private void material() throws UnreadableEvidence {
            String[] uri = {""};
            Set<String> commits = new HashSet<>();
            json.members(member -> {
                switch (member) {
                    case "uri" -> uri[0] = text();
                    case "digest" ->
                        objects(algorithm -> {
                            if (algorithm.equals("gitCommit")
                                    || algorithm.equals("sha1")
                                    || algorithm.equals("sha256")) {
                                commits.add(text().toLowerCase(Locale.ROOT));
                            }
                        });
                    default -> {
                        // nothing that is asked for
                    }
                }
            });
            if (sources.size() >= LISTED_MAX) {
                throw json.error("Provenance names at most %d materials".formatted(LISTED_MAX));
            }
            sources.add(new Material(uri[0], commits));
        }

        private String text() throws UnreadableEvidence {
            return json.isText() ? json.text() : "";
        }
    }
}
