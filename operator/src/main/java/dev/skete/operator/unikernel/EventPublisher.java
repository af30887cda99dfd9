package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells events. They are a courtesy to people: one that cannot be written is dropped. */
final class EventPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The API server refuses longer ones. */
    private static final int LONGEST_NOTE = 1000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    EventPublisher(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    void publish(Unikernel about, Notice notice) {
        try {
            client.resource(event(about, notice)).create();
        } catch (KubernetesClientException e) {
            LOG.warn("Event {} not written: {}", notice.reason(), e.getMessage());
        }
    }

    private Event event(Unikernel about, Notice notice) {
        var note = notice.note();
        return new EventBuilder()
                .withNewMetadata()
                .withGenerateName(about.getMetadata().getName() + "-")
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(clock.instant())))
                .withType(notice.type().name())
                .withReason(notice.reason())
                .withAction(notice.action())
                .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note)
                .withRegarding(reference(about))
                .withReportingController("skete.dev/operator")
                .withReportingInstance(instance)
                .build();
    }

    private static ObjectReference reference(Unikernel about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build();
    }
}
