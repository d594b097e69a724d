package dev.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Makes a caller of a verified token, and nobody of any other. What a path demands then decides: a rule refuses nobody with
 * 401, and where everybody may come (health, an application's own traffic) a header that is not meant for Slipway disturbs
 * nothing.
 */
final class TokenIdentity implements AuthenticationConverter, AuthenticationManager {
    private static final Authentication NOBODY = new AnonymousAuthenticationToken(
            TokenIdentity.class.getName(), "nobody", List.of(new SimpleGrantedAuthority("NOBODY")));

    private static final Map<Role, GrantedAuthority> AUTHORITIES = Arrays.stream(Role.values())
            .collect(Collectors.toUnmodifiableMap(role -> role, role -> new SimpleGrantedAuthority(role.name())));
    private static final String SCHEME = "Bearer ";

    private final JwtAuthenticationProvider provider;

    TokenIdentity(JwtDecoder decoder) {
        provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(TokenIdentity::caller);
    }

    /** Of the header alone (RFC 6750, 2.1). Whether it is a token at all shows when it is verified. */
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean bearer = sent != null && sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = bearer ? sent.substring(SCHEME.length()).strip() : "";
        return token.isEmpty() ? null : new BearerTokenAuthenticationToken(token);
    }

    @Override
    public Authentication authenticate(Authentication token) {
        try {
            return Objects.requireNonNullElse(provider.authenticate(token), NOBODY);
        } catch (InvalidBearerTokenException unverified) {
            return NOBODY;
        }
    }

    private static AbstractAuthenticationToken caller(Jwt token) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : Objects.requireNonNullElse(token.getClaimAsStringList("roles"), List.<String>of())) {
            Role.named(name).ifPresent(role -> roles.addAll(role.implied()));
        }
        List<GrantedAuthority> authorities = new ArrayList<>(roles.size());
        roles.forEach(role -> authorities.add(AUTHORITIES.get(role)));
        return new JwtAuthenticationToken(token, authorities, Caller.of(token).identity());
    }
}
