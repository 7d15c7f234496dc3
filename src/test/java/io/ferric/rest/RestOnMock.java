package io.ferric.rest;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.conductor.Conductor;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.Node;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.Mockito;

/** Tests of REST over real HTTP, with a conductor that does what each test says. */
abstract class RestOnMock {
    static Conductor conductor;
    static Served rest;

    @BeforeAll
    static void start() {
        conductor = mock(Conductor.class);
        rest = new Served(conductor);
    }

    @AfterAll
    static void stop() {
        rest.close();
    }

    @BeforeEach
    void forget() {
        Mockito.reset(conductor);
        handsOverWhatItLists(conductor);
        when(conductor.interfacesOf(any())).thenReturn(InterfaceNames.none());
    }

    /** Nodes one after another are those of the list, which tests say. */
    static void handsOverWhatItLists(Conductor conductor) {
        doAnswer(call -> {
                    conductor.nodes(call.getArgument(0)).forEach(call.<Consumer<Node>>getArgument(1));
                    return null;
                })
                .when(conductor)
                .eachNode(any(), any());
    }
}
