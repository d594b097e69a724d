package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Says 401, 403 and, of a method that no rule allows because there is none, 405 as problem documents; answers OPTIONS. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Pattern BEARER = Pattern.compile("bearer\\b", Pattern.CASE_INSENSITIVE);

    private final Operations operations;

    SecurityProblems(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        boolean tokenSent = BEARER.matcher(Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), ""))
                .lookingAt();
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tokenSent ? "Bearer error=\"invalid_token\"" : "Bearer");
        String wrong = tokenSent
                ? "The token is not valid here: expired, of another issuer or audience, or not signed by the issuer. "
                : "No token was sent. ";
        write(
                response,
                401,
                "no-identity",
                wrong + "Send a valid token: Authorization: Bearer TOKEN. "
                        + "On one machine ./slipway token --role ROLE --subject NAME --email EMAIL makes one.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        SortedSet<String> methods = operations.at(request);
        if (!methods.isEmpty() && request.getMethod().equals(HttpMethod.OPTIONS.name())) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        if (!methods.isEmpty() && !methods.contains(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            write(
                    response,
                    405,
                    "method-not-allowed",
                    "There is no such method at this address: use one of " + String.join(", ", methods) + ".");
            return;
        }
        write(
                response,
                403,
                "insufficient-role",
                "This token's roles do not allow this request. "
                        + "Use a token with the role that the API documents for it.");
    }

    private static void write(HttpServletResponse response, int status, String code, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String json = "{\"type\":\"urn:slipway:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(code, code.replace('-', ' '), status, detail);
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
