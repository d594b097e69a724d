package dev.slipway.cli.gateway;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import dev.slipway.demo.Gateways;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fetches what proves a release. */
public final class ProofClient {
    private static final int PARTS_MAX = 100_000;

    private final GatewayClient gateway;

    public ProofClient(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** Its records, as they are kept. */
    public Proof proof(String release, String token) {
        return GatewayClient.read(gateway.get(GatewayClient.releasePath(release) + "/proof", token), Proof.class);
    }

    /**
     * Verdicts that it was given.
     *
     * @param gone reports that these rest on and that went by retention; none of them from services before that
     * @param readOtherwise of which an older version of the readers read something that is read otherwise now, and how
     * @param faults what the service finds wrong when it goes over their chain and applies their rules again
     */
    public record Verdicts(
            List<VerdictRecord> records,
            @Nullable List<String> faults,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> readOtherwise,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<GoneReport> gone) {}

    /** None where no gate was ever asked for the application. */
    public Verdicts verdicts(String application, String release, String token) {
        String path = applicationPath(application) + "/verdicts?verify=true&release=" + Gateways.encode(release);
        return gateway.find(path, token, Verdicts.class)
                .orElse(new Verdicts(List.of(), List.of(), List.of(), List.of()));
    }

    /** The record of who held it and what of it went; nothing where nobody did and nothing has. */
    public @Nullable Proof retention(String release, String token) {
        String path = GatewayClient.releasePath(release) + "/retention/proof";
        return gateway.find(path, token, Proof.class).orElse(null);
    }

    /** The lines that it was judged by in production; empty where they are not kept. */
    public List<String> seconds(String application, String release, String token) {
        List<String> lines = new ArrayList<>();
        boolean more = true;
        for (int part = 0; more && part < PARTS_MAX; part++) {
            String query = "/seconds?release=%s&part=%d".formatted(Gateways.encode(release), part);
            Optional<JsonNode> found = gateway.find(applicationPath(application) + query, token, JsonNode.class);
            found.ifPresent(seconds -> seconds.path("lines").forEach(line -> lines.add(line.asString())));
            more = found.map(seconds -> seconds.path("more").asBoolean(false)).orElse(false);
        }
        return lines;
    }

    private record Report(byte[] bytes) {}

    /** A report that one of its verdicts rests on; nothing where it is not kept any more. */
    public Optional<byte[]> report(String application, Digest digest, String token) {
        String path = applicationPath(application) + "/evidence/" + Gateways.encode(digest.value());
        return gateway.find(path, token, JsonNode.class)
                .map(found -> WireJson.mapper().treeToValue(found, Report.class).bytes());
    }

    private static String applicationPath(String application) {
        return "/api/v1/applications/" + Gateways.encode(application);
    }
}
