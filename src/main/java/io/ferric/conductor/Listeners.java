package io.ferric.conductor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes news to listeners, each on a thread of its own, so that none slows the work or another listener. */
final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int MAILBOX = 10_000;

    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();

    AutoCloseable add(ConductorListener listener) {
        Mailbox mailbox = new Mailbox(listener);
        mailboxes.add(mailbox);
        mailbox.thread.start();
        return () -> {
            mailboxes.remove(mailbox);
            mailbox.close();
        };
    }

    void tell(Consumer<ConductorListener> news) {
        mailboxes.forEach(mailbox -> mailbox.put(news));
    }

    /** As {@link #tell}, but only the latest of a key is kept for a listener that has not heard of it yet. */
    void tellProgress(String key, Consumer<ConductorListener> news) {
        mailboxes.forEach(mailbox -> mailbox.putLatest(key, news));
    }

    /** Lets every listener hear what is in its mailbox, then ends. */
    @Override
    public void close() {
        mailboxes.forEach(Mailbox::close);
        mailboxes.clear();
    }

    private static final class Mailbox implements Runnable {
        private final ConductorListener listener;
        private final Deque<Consumer<ConductorListener>> news = new ArrayDeque<>();
        private final Map<String, Consumer<ConductorListener>> latest = new LinkedHashMap<>();
        private final Thread thread = new Thread(this, "ferric-listener");
        private boolean closed;

        Mailbox(ConductorListener listener) {
            this.listener = listener;
            thread.setDaemon(true);
        }

        synchronized void put(Consumer<ConductorListener> item) {
            // progress that was told before this news must not be heard after it
            latest.values().forEach(news::add);
            latest.clear();
            news.add(item);
            while (news.size() > MAILBOX) {
                news.remove();
            }
            notifyAll();
        }

        synchronized void putLatest(String key, Consumer<ConductorListener> item) {
            latest.put(key, item);
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        @Override
        public void run() {
            try {
                for (Consumer<ConductorListener> item = take(); item != null; item = take()) {
                    hear(item);
                }
            } catch (InterruptedException e) {
                LOG.debug("a listener's thread was interrupted and ends");
            }
        }

        private void hear(Consumer<ConductorListener> item) {
            try {
                item.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("listener {} failed", listener.getClass().getName(), e);
            }
        }

        private synchronized Consumer<ConductorListener> take() throws InterruptedException {
            while (news.isEmpty() && latest.isEmpty()) {
                if (closed) {
                    return null;
                }
                wait();
            }
            if (!news.isEmpty()) {
                return news.remove();
            }
            String key = latest.keySet().iterator().next();
            return latest.remove(key);
        }
    }
}
