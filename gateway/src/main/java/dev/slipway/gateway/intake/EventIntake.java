package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.CiEvent;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.gateway.event.EventRefused;
import dev.slipway.gateway.event.Traceparent;
import dev.slipway.web.Problems;
import dev.slipway.web.Role;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1/events}. Answers 202 once the broker has acknowledged every event of the request. The same event may
 * come again: it is kept again under the same natural key, source and id, and takes effect once. The answer also says what
 * each leads to, if anything; finding that out neither delays nor fails it (ADR 15).
 */
@RestController
class EventIntake {
    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
    static final String PATH = "/api/v1/events";
    private static final String ATTRIBUTE = "ce-";

    private final EventReader reader;
    private final EventLog log;
    private final Bulkhead bulkhead;
    private final Duration retryAfter;
    private final IntakeMeters meters;
    private final Outlooks outlooks;

    EventIntake(
            EventReader reader,
            EventLog log,
            Bulkhead eventBulkhead,
            IntakeSettings settings,
            IntakeMeters meters,
            Outlooks outlooks) {
        this.reader = reader;
        this.outlooks = outlooks;
        this.log = log;
        this.bulkhead = eventBulkhead;
        this.retryAfter = settings.retryAfter();
        this.meters = meters;
    }

    /** The answer: what is durable now, and what that leads to as far as is known at this moment. */
    record Accepted(List<Event> accepted) {
        /** @param leadsTo one or two sentences for a person */
        record Event(String id, String source, String type, String leadsTo) {}
    }

    @PostMapping(PATH)
    ResponseEntity<Accepted> take(
            HttpServletRequest request,
            @RequestBody(required = false) byte @Nullable [] body,
            JwtAuthenticationToken caller) {
        try {
            List<CiEvent> events = permitted(request, body == null ? new byte[0] : body, caller);
            Outlook outlook = outlooks.begin(events, caller.getToken().getTokenValue());
            append(events, caller.getName(), Traceparent.read(request.getHeader("traceparent")));
            meters.accepted(events.size());
            return ResponseEntity.accepted()
                    .body(new Accepted(events.stream()
                            .map(event -> new Accepted.Event(
                                    event.id(), event.source(), event.type(), outlook.of(event.subject())))
                            .toList()));
        } catch (ErrorResponseException refused) {
            meters.refused(refused.getStatusCode());
            throw refused;
        }
    }

    private List<CiEvent> permitted(HttpServletRequest request, byte[] body, JwtAuthenticationToken caller) {
        List<CiEvent> events = read(request, body);
        if (events.stream().anyMatch(CiEvent::repairs) && !has(caller, Role.OPERATOR)) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "insufficient-role",
                    "customData.fixes and customData.hotfix need the role operator. Propose without them.");
        }
        return events;
    }

    private List<CiEvent> read(HttpServletRequest request, byte[] body) {
        Map<String, String> attributes = new TreeMap<>();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (name.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
                String value = request.getHeader(name);
                attributes.putIfAbsent(
                        name.substring(ATTRIBUTE.length()).toLowerCase(Locale.ROOT), value == null ? "" : value);
            }
        }
        try {
            return reader.read(mediaType(request.getContentType()), attributes, body);
        } catch (EventRefused refused) {
            String message = String.valueOf(refused.getMessage());
            throw switch (refused.why()) {
                case MALFORMED -> Problems.refused(HttpStatus.BAD_REQUEST, "malformed-event", message);
                case TOO_LARGE -> Problems.refused(HttpStatus.CONTENT_TOO_LARGE, "event-too-large", message);
                case UNSUPPORTED ->
                    Problems.refused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", message);
            };
        }
    }

    private static @Nullable String mediaType(@Nullable String contentType) {
        if (contentType == null || contentType.isEmpty()) {
            return null;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException notMediaType) {
            return contentType;
        }
    }

    private void append(List<CiEvent> events, String publisher, @Nullable String trace) {
        try {
            bulkhead.acquirePermission();
        } catch (BulkheadFullException full) {
            throw busy("Too many events wait for the broker");
        }
        try {
            log.append(events, publisher, trace);
        } catch (EventLog.NotDurable notDurable) {
            LOG.warn("Events of {} were not acknowledged: {}", publisher, String.valueOf(notDurable.getCause()));
            throw busy("The events could not be made durable now");
        } finally {
            bulkhead.onComplete();
        }
    }

    private ErrorResponseException busy(String what) {
        return Problems.unavailable(
                "events-not-durable",
                what + "; nothing was acknowledged. Send the same request again later.",
                retryAfter);
    }

    private static boolean has(Authentication caller, Role role) {
        return caller.getAuthorities().stream()
                .anyMatch(authority -> role.name().equals(authority.getAuthority()));
    }
}
