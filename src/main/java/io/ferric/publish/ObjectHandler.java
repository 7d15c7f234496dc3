package io.ferric.publish;

import io.ferric.publish.FetchLog.Refusal;
import io.ferric.publish.UrlSigner.Ticket;
import io.ferric.publish.http.FileAnswer;
import io.ferric.publish.http.Handler;
import io.ferric.publish.http.Request;
import io.ferric.publish.http.Response;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who gets which object, and notes what it decided. Used by the server's thread only. */
final class ObjectHandler implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectHandler.class);

    private final Parts parts;
    private final String prefix;
    private final Clock clock;

    /** @param prefix path that a proxy may or may not take away, with a slash at both ends */
    ObjectHandler(Parts parts, String prefix, Clock clock) {
        this.parts = parts;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** What the handler works with, shared with the publisher. */
    record Parts(
            ObjectDirectory objects, UrlSigner signer, Function<Ticket, Optional<String>> names, FetchMemory log) {}

    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Response.of(405).with("Allow", "GET, HEAD");
        }
        Optional<Ticket> ticket = parts.signer().check(path(request.target()));
        if (ticket.isEmpty()) {
            LOG.debug("{} asked for something that is not a URL of ours", request.client());
            return Response.of(403);
        }
        Optional<String> name = parts.names().apply(ticket.get());
        return name.map(known -> answer(request, ticket.get(), known))
                .orElseGet(() -> Response.of(ticket.get().genuine() ? 404 : 403));
    }

    private String path(String target) {
        return target.substring(target.startsWith(prefix) ? prefix.length() : 1);
    }

    private Response answer(Request request, Ticket ticket, String name) {
        Instant now = clock.instant();
        Visit visit = new Visit(name, ticket, request.client());
        if (!ticket.genuine()) {
            return refuse(visit, 403, "the URL is not one we signed");
        }
        if (!now.isBefore(ticket.expires())) {
            return refuse(visit, 403, "the URL expired at " + ticket.expires());
        }
        Optional<StoredObject> object = parts.objects().find(name);
        if (object.isEmpty()) {
            return refuse(visit, 404, "the object has been removed");
        }
        if (object.get().expiredAt(now)) {
            return refuse(
                    visit,
                    410,
                    "the object expired at " + object.get().expires().orElseThrow());
        }
        return serve(request, visit, object.get());
    }

    private record Visit(String name, Ticket ticket, String client) {}

    private Response serve(Request request, Visit visit, StoredObject object) {
        try {
            FileChannel file = FileChannel.open(
                    parts.objects().path(object), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            String etag = "\"" + Long.toString(object.version(), 36) + "-" + Long.toString(file.size(), 36) + "\"";
            String key = visit.ticket().signature();
            if (parts.log().requested(visit.name(), key, visit.client())) {
                LOG.info("{} begins to fetch {}", visit.client(), visit.name());
            }
            return new FileAnswer(file, file.size(), etag, Instant.ofEpochMilli(object.version()))
                    .to(request, count -> parts.log().sent(visit.name(), key, visit.client(), count));
        } catch (NoSuchFileException e) {
            Optional<StoredObject> newer = parts.objects().find(visit.name()).filter(found -> !found.equals(object));
            return newer.map(found -> serve(request, visit, found))
                    .orElseGet(() -> refuse(visit, 404, "the object has been removed"));
        } catch (IOException e) {
            return refuse(visit, 500, "the object cannot be read: " + Faults.reason(e));
        }
    }

    private Response refuse(Visit visit, int status, String reason) {
        Optional<String> key =
                Optional.of(visit.ticket()).filter(Ticket::genuine).map(Ticket::signature);
        if (parts.log().refused(visit.name(), key, new Refusal(clock.instant(), status, reason, visit.client()))) {
            LOG.warn("{} asked for {} and got {}: {}", visit.client(), visit.name(), status, reason);
        }
        return Response.of(status);
    }
}
