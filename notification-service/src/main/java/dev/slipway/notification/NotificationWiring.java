package dev.slipway.notification;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Routes;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.conversation.Announcements;
import dev.slipway.notification.conversation.Conversation;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.Alarmed;
import dev.slipway.notification.conversation.ConversationInput.CloseDue;
import dev.slipway.notification.conversation.ConversationInput.Escalated;
import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.ConversationInput.Noted;
import dev.slipway.notification.conversation.ConversationInput.RetryDue;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.ConversationRules;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Incidents;
import dev.slipway.notification.conversation.Items;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.conversation.Warnings;
import dev.slipway.notification.mail.EmailSender;
import dev.slipway.notification.mail.MailLook;
import dev.slipway.notification.mail.MailSettings;
import dev.slipway.notification.page.PageLook;
import dev.slipway.notification.page.PageSender;
import dev.slipway.notification.page.PageSettings;
import dev.slipway.notification.slack.SlackLook;
import dev.slipway.notification.slack.SlackSender;
import dev.slipway.notification.slack.SlackSettings;
import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import dev.slipway.web.guard.BreakerGauges;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.mail.javamail.JavaMailSender;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What this service consists of: one kind of aggregate, three kinds of task, three topics to listen to. */
@Configuration(proxyBeanMethods = false)
class NotificationWiring {
    @Bean
    Guarded slack(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limits) {
        return new Guarded("slack", breakers, bulkheads, limits);
    }

    @Bean
    Guarded mail(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limits) {
        return new Guarded("mail", breakers, bulkheads, limits);
    }

    @Bean
    Guarded pages(CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limits) {
        return new Guarded("pages", breakers, bulkheads, limits);
    }

    @Bean
    BreakerGauges breakerGauges(CircuitBreakerRegistry breakers) {
        return new BreakerGauges(breakers);
    }

    @Bean
    SlackSender slackSender(SlackSettings settings, Guarded slack, JsonMapper json) {
        return SlackSender.of(settings, slack, json);
    }

    @Bean
    EmailSender emailSender(MailSettings settings, Guarded mail, ObjectProvider<JavaMailSender> sender) {
        return new EmailSender(settings, mail, sender.getIfAvailable());
    }

    @Bean
    PageSender pageSender(PageSettings settings, Guarded pages, JsonMapper json) {
        return PageSender.of(settings, pages, json);
    }

    @Bean
    PageLook pageLook(PageSettings settings, Guarded pages, JsonMapper json) {
        return PageLook.of(settings, pages, json);
    }

    @Bean
    SlackLook slackLook(SlackSettings settings, Guarded slack, JsonMapper json) {
        return SlackLook.of(settings, slack, json);
    }

    @Bean
    MailLook mailLook(MailSettings settings, Guarded mail, ObjectProvider<JavaMailSender> sender) {
        return new MailLook(settings, mail, sender.getIfAvailable());
    }

    @Bean
    ConversationRules conversationRules(NotificationSettings settings) {
        return new ConversationRules(
                settings.retryPauseFirst(),
                settings.retryPauseMax(),
                settings.retryPauseUnsure(),
                settings.giveUpAfter(),
                settings.escalateAfter(),
                settings.gatherFor(),
                settings.keepGivenUpFor(),
                settings.deliveriesPerConversationMax());
    }

    @Bean
    DeliveryMeters deliveryMeters(MeterRegistry meters, ConversationRules rules, InstantSource clock) {
        return new DeliveryMeters(meters, rules, clock);
    }

    @Bean
    Aggregates<ConversationState, ConversationInput> conversations(
            Recipe recipe,
            ConversationRules rules,
            DeliveryMeters meters,
            SlackSender slack,
            EmailSender mail,
            PageSender pages,
            NotificationSettings settings) {
        List<Party> operators = settings.operators().parties();
        return conversations(
                recipe, rules, meters.counting(slack), meters.counting(mail), meters.counting(pages), operators);
    }

    static Aggregates<ConversationState, ConversationInput> conversations(
            Recipe recipe,
            ConversationRules rules,
            TaskHandler<Sending, ConversationInput> slack,
            TaskHandler<Sending, ConversationInput> mail,
            TaskHandler<Sending, ConversationInput> pages,
            List<Party> operators) {
        Aggregates<ConversationState, ConversationInput> conversations = recipe.aggregates(
                        "conversation", ConversationState.class, ConversationInput.class, new Conversation(rules))
                .onTimer(timer -> timer.equals(Conversation.CLOSE_TIMER) ? new CloseDue() : new RetryDue())
                .task(Conversation.SLACK_TASK, Sending.class, slack)
                .task(Conversation.MAIL_TASK, Sending.class, mail)
                .task(Conversation.PAGE_TASK, Sending.class, pages)
                .build();
        recipe.local(Routes.builder()
                .on(
                        Conversation.ESCALATE,
                        Escalation.class,
                        (inbound, escalation) -> conversations.submit(
                                escalation.conversation(), new Escalated(escalation), inbound.cause()))
                .on(
                        Conversation.WARN,
                        Warned.class,
                        (inbound, warned) -> conversations.submit(inbound.key(), warned, inbound.cause()))
                .on(
                        Conversation.NOTE,
                        Escalation.class,
                        (inbound, escalation) ->
                                conversations.submit(inbound.key(), new Noted(escalation), inbound.cause()))
                .build());
        recipe.listen(
                "notification-service",
                Routes.builder()
                        .on(
                                ReleaseTypes.RELEASE_STATUS,
                                ReleaseStatus.class,
                                (inbound, status) -> tellEveryone(conversations, inbound, status))
                        .on(
                                DeploymentTypes.INCIDENT_STATUS,
                                IncidentStatus.class,
                                (inbound, status) -> alarmed(conversations, inbound, status, operators))
                        .on(
                                LetterTypes.DEAD_LETTERS_STATUS,
                                DeadLettersStatus.class,
                                (inbound, status) -> Warnings.of(status, operators)
                                        .forEach(warned ->
                                                conversations.submit(warned.conversation(), warned, inbound.cause())))
                        .build(),
                Topics.RELEASE_EVENTS,
                Topics.DEAD_LETTERS);
        recipe.listen(
                "notification-service.incidents",
                Routes.builder()
                        .on(
                                DeploymentTypes.INCIDENT_STATUS,
                                IncidentStatus.class,
                                (inbound, status) -> alarmed(conversations, inbound, status, operators))
                        .on(DeploymentTypes.ROLLOUT_STATUS, JsonNode.class, NotificationWiring::notOurs)
                        .on(DeploymentTypes.WAY_BACK_STATUS, JsonNode.class, NotificationWiring::notOurs)
                        .build(),
                Topics.DEPLOYMENT_EVENTS);
        return conversations;
    }

    /** From whoever looks after the version, or from whoever would not take it back. */
    private static void alarmed(
            Aggregates<ConversationState, ConversationInput> conversations,
            Inbound inbound,
            IncidentStatus status,
            List<Party> operators) {
        Incidents.of(status, operators)
                .forEach(warned -> conversations.submit(warned.own(), new Alarmed(warned), inbound.cause()));
    }

    /** Known, and told by release-service as far as people should hear of it. */
    private static void notOurs(Inbound inbound, JsonNode body) {}

    private static void tellEveryone(
            Aggregates<ConversationState, ConversationInput> conversations, Inbound inbound, ReleaseStatus status) {
        List<Party> parties = Party.of(status.contacts());
        for (Party party : parties) {
            List<Party> others =
                    parties.stream().filter(other -> !other.equals(party)).toList();
            conversations.submit(
                    ConversationState.id(status.release().value(), party),
                    new Told(status, inbound.sourceVersion(), party, others),
                    inbound.cause());
        }
        Announcements.of(status)
                .forEach(warned -> conversations.submit(warned.conversation(), warned, inbound.cause()));
        Items.of(status, inbound.at())
                .forEach(warned -> conversations.submit(warned.own(), new Alarmed(warned), inbound.cause()));
    }

    @Bean
    AccessRules accessRules() {
        return requests -> {
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/deliveries", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/deliveries/pages", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/deliveries/channels", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.POST, "/api/v1/deliveries/retry", Role.OPERATOR);
        };
    }
}
