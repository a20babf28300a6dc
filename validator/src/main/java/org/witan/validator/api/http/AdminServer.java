package org.witan.validator.api.http;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.AdminAccess;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.endpoint.Routes;

/**
 * Serves {@code /admin/v1} on a Unix socket: who may open the folder it lies in, mode 0700, is the
 * operator. Nothing of it can be reached over a network.
 */
public final class AdminServer implements AutoCloseable {
    /** What the kernel takes as a socket's path, without the final zero byte. */
    private static final int PATH_BYTES = 107;

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private final WebServer server;
    private final Connections connections;
    private final Path socket;

    private AdminServer(WebServer server, Connections connections, Path socket) {
        this.server = server;
        this.connections = connections;
        this.socket = socket;
    }

    /**
     * Starts serving.
     *
     * @param socket path of the socket; its folder is made if it is missing, and belongs to the
     *     socket alone. A file that lies there is taken for what a killed node left: the store's
     *     lock is held by now, so no other node of this home lives
     * @throws OperatorError if the path is too long, or the folder is open to others
     */
    public static AdminServer start(Path socket, NodeAccess node, AdminAccess admin) {
        prepare(socket);
        ApiSettings settings = ApiSettings.on("localhost", 1, List.of());
        Connections connections = new Connections(settings, System::nanoTime);
        Front front = new Front(new Gate(settings), Routes.ofAdmin(node, admin), node);
        WebServer server =
                PlainHttp.server(node, front, connections)
                        .bindAddress(UnixDomainSocketAddress.of(socket))
                        .build()
                        .start();
        if (!server.isRunning()) {
            connections.close();
            throw cannotListen(socket, "the server did not start; the log says why");
        }
        return new AdminServer(server, connections, socket);
    }

    /** Stops serving and removes the socket. */
    @Override
    public void close() {
        server.stop();
        connections.close();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException left) {
            // The next start removes it.
        }
    }

    private static void prepare(Path socket) {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES) {
            throw cannotListen(socket, "a Unix socket's path has at most " + PATH_BYTES + " bytes");
        }
        Path folder = socket.toAbsolutePath().getParent();
        try {
            if (folder == null) {
                throw cannotListen(socket, "it has no folder of its own");
            }
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            others.removeAll(OWNER);
            if (!others.isEmpty()) {
                throw cannotListen(socket, "others may enter its folder: chmod 700 " + folder);
            }
            Files.deleteIfExists(socket);
        } catch (IOException failed) {
            throw cannotListen(socket, failed.toString());
        }
    }

    private static OperatorError cannotListen(Path socket, String why) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "CANNOT_LISTEN",
                "cannot listen on " + socket + " for the operator",
                why,
                "set admin.listen to another path, such as /run/witan/ID/admin, or to off");
    }
}
