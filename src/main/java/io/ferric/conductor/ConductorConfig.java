package io.ferric.conductor;

import java.time.Duration;

/**
 * How the conductor works. Names and defaults follow Ironic's {@code [conductor]} section where it has the option.
 *
 * @param host the name under which this conductor reserves nodes. It must stay the same over restarts, which a machine's
 *     name may not; two conductors on one database need different names
 * @param workersPoolSize how many visits and power actions run at once; one more is refused with 503
 * @param periodicMaxWorkers how many nodes the power sync asks at once
 * @param nodeLockedRetryAttempts how often a reserved node is tried again before 409
 * @param nodeLockedRetryInterval how long between two such tries
 * @param callbackHoldTimeout how long the call of a deploy ramdisk, which knows its key and calls only once, waits for
 *     a node that something else holds, before 409; it keeps a REST thread meanwhile
 * @param deployCallbackTimeout how long the ramdisk may take to call back; zero for ever
 * @param automatedClean whether a server is cleaned before it is given away: when a node is provided and after it is torn
 *     down. What that does is the driver's to say; a node's {@code automated_clean} goes before this
 * @param cleanCallbackTimeout how long the ramdisk of a cleaning may take to call back; zero for ever
 * @param rescueCallbackTimeout how long the ramdisk of a rescue may take to call back; zero for ever
 * @param serviceCallbackTimeout how long the ramdisk of a service may take to call back; zero for ever
 * @param softPowerOffTimeout how long a soft power off or soft reboot, which the operating system may not heed, waits for
 *     the server to go off when the caller names no time; a worker and the node are busy meanwhile
 * @param syncPowerStateInterval how often the power of every node is looked at; zero for never
 * @param forcePowerStateDuringSync whether a server found in another power state is put back, or the record changed
 * @param powerStateSyncMaxRetries how many failures take a node into maintenance
 * @param orphanSweepInterval how often what was left behind in the store and on this machine is looked for, and deleted if
 *     it is ours; zero for never
 * @param allowDeletingAvailableNodes whether a node may be deleted in the state available
 * @param visitAttempts how often a visit is run at most when conductors die in it
 * @param historyPerNode how many entries of history a node keeps
 * @param progressInterval how often listeners hear of progress at most
 * @param pollingInterval how often the database is asked for due work
 * @param shutdownWait how long {@code close} waits for visits to let go
 * @param drainTimeout how long visits and power actions that run may go on when Ferric is told to stop; they are taken up
 *     again elsewhere, or at the next start, when that was too short
 * @param takeoverAfter how soon another conductor on the same database has the work of one that died or froze; that one
 *     must notice it at the latest then, and asks several times as often whether its nodes are still its own
 */
public record ConductorConfig(
        String host,
        int workersPoolSize,
        int periodicMaxWorkers,
        int nodeLockedRetryAttempts,
        Duration nodeLockedRetryInterval,
        Duration callbackHoldTimeout,
        Duration deployCallbackTimeout,
        boolean automatedClean,
        Duration cleanCallbackTimeout,
        Duration rescueCallbackTimeout,
        Duration serviceCallbackTimeout,
        Duration softPowerOffTimeout,
        Duration syncPowerStateInterval,
        boolean forcePowerStateDuringSync,
        int powerStateSyncMaxRetries,
        Duration orphanSweepInterval,
        boolean allowDeletingAvailableNodes,
        int visitAttempts,
        int historyPerNode,
        Duration progressInterval,
        Duration pollingInterval,
        Duration shutdownWait,
        Duration drainTimeout,
        Duration takeoverAfter) {

    /** Checks what would make the conductor do nothing, and say nothing. */
    public ConductorConfig {
        least("workers_pool_size", workersPoolSize, 1);
        least("periodic_max_workers", periodicMaxWorkers, 1);
        least("node_locked_retry_attempts", nodeLockedRetryAttempts, 0);
        least("visit_attempts", visitAttempts, 1);
        least("history_per_node", historyPerNode, 1);
        notNegative("node_locked_retry_interval", nodeLockedRetryInterval);
        notNegative("callback_hold_timeout", callbackHoldTimeout);
        notNegative("deploy_callback_timeout", deployCallbackTimeout);
        notNegative("clean_callback_timeout", cleanCallbackTimeout);
        notNegative("rescue_callback_timeout", rescueCallbackTimeout);
        notNegative("service_callback_timeout", serviceCallbackTimeout);
        positive("soft_power_off_timeout", softPowerOffTimeout);
        notNegative("sync_power_state_interval", syncPowerStateInterval);
        notNegative("orphan_sweep_interval", orphanSweepInterval);
        notNegative("progress_interval", progressInterval);
        notNegative("polling_interval", pollingInterval);
        notNegative("shutdown_wait", shutdownWait);
        notNegative("drain_timeout", drainTimeout);
        if (takeoverAfter.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "conductor.takeover_after is " + takeoverAfter + " but must be PT2S or more");
        }
    }

    public static ConductorConfig defaults() {
        return new ConductorConfig(
                "ferric",
                100,
                8,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofMinutes(30),
                true,
                Duration.ofMinutes(30),
                Duration.ofMinutes(30),
                Duration.ofMinutes(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                true,
                3,
                Duration.ofHours(1),
                true,
                3,
                500,
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(30));
    }

    public ConductorConfig withDeployCallbackTimeout(Duration timeout) {
        return new ConductorConfig(
                host,
                workersPoolSize,
                periodicMaxWorkers,
                nodeLockedRetryAttempts,
                nodeLockedRetryInterval,
                callbackHoldTimeout,
                timeout,
                automatedClean,
                cleanCallbackTimeout,
                rescueCallbackTimeout,
                serviceCallbackTimeout,
                softPowerOffTimeout,
                syncPowerStateInterval,
                forcePowerStateDuringSync,
                powerStateSyncMaxRetries,
                orphanSweepInterval,
                allowDeletingAvailableNodes,
                visitAttempts,
                historyPerNode,
                progressInterval,
                pollingInterval,
                shutdownWait,
                drainTimeout,
                takeoverAfter);
    }

    public ConductorConfig withAutomatedClean(boolean wanted) {
        return new ConductorConfig(
                host,
                workersPoolSize,
                periodicMaxWorkers,
                nodeLockedRetryAttempts,
                nodeLockedRetryInterval,
                callbackHoldTimeout,
                deployCallbackTimeout,
                wanted,
                cleanCallbackTimeout,
                rescueCallbackTimeout,
                serviceCallbackTimeout,
                softPowerOffTimeout,
                syncPowerStateInterval,
                forcePowerStateDuringSync,
                powerStateSyncMaxRetries,
                orphanSweepInterval,
                allowDeletingAvailableNodes,
                visitAttempts,
                historyPerNode,
                progressInterval,
                pollingInterval,
                shutdownWait,
                drainTimeout,
                takeoverAfter);
    }

    public ConductorConfig withOrphanSweepInterval(Duration interval) {
        return new ConductorConfig(
                host,
                workersPoolSize,
                periodicMaxWorkers,
                nodeLockedRetryAttempts,
                nodeLockedRetryInterval,
                callbackHoldTimeout,
                deployCallbackTimeout,
                automatedClean,
                cleanCallbackTimeout,
                rescueCallbackTimeout,
                serviceCallbackTimeout,
                softPowerOffTimeout,
                syncPowerStateInterval,
                forcePowerStateDuringSync,
                powerStateSyncMaxRetries,
                interval,
                allowDeletingAvailableNodes,
                visitAttempts,
                historyPerNode,
                progressInterval,
                pollingInterval,
                shutdownWait,
                drainTimeout,
                takeoverAfter);
    }

    /** How often this conductor tells that it lives, and looks who else does. */
    Duration heartbeatInterval() {
        return takeoverAfter.dividedBy(10);
    }

    /** After this time without a sign of life a conductor counts as dead; what is left is for taking up its work. */
    Duration silenceOfTheDead() {
        return takeoverAfter.dividedBy(2);
    }

    /** How old it may be that a node was still held when a piece of its work goes on. */
    Duration holdCheckInterval() {
        return takeoverAfter.dividedBy(15);
    }

    private static void least(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "conductor." + key + " is " + value + " but must be " + least + " or more");
        }
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("conductor." + key + " is " + value + " but must not be negative");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("conductor." + key + " is " + value + " but must be more than zero");
        }
    }
}
