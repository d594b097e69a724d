package dev.slipway.proof.fuzz;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.Tokens;
import dev.slipway.cli.machine.Tokens.Bearer;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of a home's issuer: good ones of each role, and ones that are signed well and say what no server may believe. */
final class FuzzTokens {
    private static final List<String> BROKEN = List.of("", "a.b.c", "x".repeat(4000), "ß", "null");
    private static final Map<String, List<String>> WRONG_CLAIMS = Map.of(
            "roles", List.of("7", "\"admin\"", "{\"admin\":true}", "[7,null]", "[[\"admin\"]]"),
            "email", List.of("[\"a@example.test\"]", "7", "{}"),
            "sub", List.of("7", "[]", "\"\""),
            "exp", List.of("\"tomorrow\"", "0", "[]", "true"),
            "nbf", List.of("\"never\"", "99999999999"),
            "aud", List.of("7", "[7]", "\"other\""),
            "iss", List.of("7", "\"https://example.test\""),
            "name", List.of("7", "{\"first\":\"Ada\"}"),
            "email_verified", List.of("\"true\"", "7"));

    private final PrivateKey key;

    FuzzTokens(PrivateKey key) {
        this.key = key;
    }

    /** By role. */
    Map<String, String> good() {
        Map<String, String> tokens = new HashMap<>();
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            Bearer bearer = new Bearer(name, name + "@example.test");
            tokens.put(name, new Tokens(key).issue(bearer, List.of(role), Instant.now(), Duration.ofHours(1)));
        }
        return tokens;
    }

    /** Each with one claim of the wrong type or value, or none at all. */
    List<String> odd() throws JOSEException, ParseException {
        List<String> tokens = new ArrayList<>(BROKEN);
        String good = good().getOrDefault("viewer", "");
        JsonNode claims =
                JsonMapper.shared().readTree(JWSObject.parse(good).getPayload().toString());
        for (Map.Entry<String, List<String>> claim : WRONG_CLAIMS.entrySet()) {
            for (String value : claim.getValue()) {
                ObjectNode changed = (ObjectNode) claims.deepCopy();
                changed.set(claim.getKey(), JsonMapper.shared().readTree(value));
                tokens.add(signed(changed.toString()));
            }
        }
        tokens.add(signed("[]"));
        tokens.add(signed("7"));
        return tokens;
    }

    private String signed(String payload) throws JOSEException {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(payload));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
