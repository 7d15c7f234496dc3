package io.ferric.rest;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ResponseUtils;
import org.eclipse.jetty.server.handler.DelayedHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Sees to it that a client which is refused before its body was read may use the connection again, or is told that it may
 * not. Without this the connection would end without a word, and the client's next request on it fail.
 *
 * <p>A request is served once its body begins to come, which costs no thread; of a short body that is all. What is left of
 * it when the answer begins is thrown away as far as it has come; is there more to come, the answer says
 * {@code Connection: close}.
 */
final class UnreadBody extends Handler.Wrapper {
    private UnreadBody(Handler answers) {
        super(answers);
    }

    static Handler seenToIn(Handler answers) {
        return new UntilContent(new UnreadBody(answers));
    }

    /** Waits for the body's beginning whatever it is said to be: Jetty would read forms itself, and fail with 500. */
    private static final class UntilContent extends DelayedHandler {
        UntilContent(Handler answers) {
            super(answers);
        }

        @Override
        protected DelayedProcess newDelayedProcess(
                boolean contentExpected,
                String contentType,
                MimeTypes.Type mimeType,
                Handler handler,
                Request request,
                Response response,
                Callback callback) {
            return super.newDelayedProcess(contentExpected, null, null, handler, request, response, callback);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Answer(request, response), callback);
    }

    private static final class Answer extends Response.Wrapper {
        Answer(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!isCommitted()) {
                ResponseUtils.ensureConsumeAvailableOrNotPersistent(getRequest(), getWrapped());
            }
            super.write(last, content, callback);
        }
    }
}
