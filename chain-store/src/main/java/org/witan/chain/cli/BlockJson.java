package org.witan.chain.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.shown.Shown;

/** A block as a value for JSON, with everything that it holds. */
final class BlockJson {
    private BlockJson() {}

    static Map<String, Object> of(
            Block block, List<Receipt> receipts, Optional<Certificate> finalization) {
        BlockHeader header = block.header();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("height", header.height());
        json.put("hash", block.hash().hex());
        json.put("epoch", header.epoch());
        json.put("view", header.view());
        json.put("proposer", header.proposer().value());
        json.put("parentHash", header.parentHash().hex());
        json.put("timestampMillis", header.timestampMillis());
        json.put("transactionRoot", header.transactionRoot().hex());
        json.put("stateRoot", header.stateRoot().hex());
        json.put("configHash", header.configHash().hex());
        json.put("nextConfigHash", header.nextConfigHash().hex());
        json.put("previousBoundaryHash", header.previousBoundaryHash().hex());
        List<Object> transactions = new ArrayList<>();
        for (int i = 0; i < block.body().transactions().size(); i++) {
            transactions.add(transaction(block.body().transactions().get(i), receipts.get(i)));
        }
        json.put("transactions", transactions);
        finalization.ifPresent(f ->
                json.put("finalization", HexFormat.of().formatHex(Certificate.CODEC.encode(f))));
        return json;
    }

    private static Map<String, Object> transaction(Transaction transaction, Receipt receipt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", transaction.id().hex());
        json.put("sender", transaction.intent().sender().toString());
        json.put("keyNumber", transaction.intent().keyNumber());
        json.put("nonce", transaction.intent().nonce());
        json.put("validUntil", transaction.intent().validUntil());
        json.put("operation", operation(transaction.intent().operation()));
        json.put("signature", transaction.signature().hex());
        json.put("outcome", receipt.outcome().name());
        json.put("version", receipt.version());
        return json;
    }

    private static Map<String, Object> operation(Operation operation) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (operation) {
            case Put put -> {
                json.put("type", "put");
                json.put("key", put.key());
                putValue(json, put.value());
                put.ifVersion().ifPresent(version -> json.put("ifVersion", version));
            }
            case Delete delete -> {
                json.put("type", "delete");
                json.put("key", delete.key());
                delete.ifVersion().ifPresent(version -> json.put("ifVersion", version));
            }
            case Batch(var writes) -> {
                json.put("type", "batch");
                List<Object> all = new ArrayList<>();
                writes.forEach(write -> all.add(operation(write)));
                json.put("writes", all);
            }
            case GovernanceOperation governance -> json.putAll(Shown.operation(governance));
        }
        return json;
    }

    /** As text where it is one, in hex where it is not. */
    private static void putValue(Map<String, Object> json, byte[] value) {
        try {
            json.put(
                    "value",
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException noText) {
            json.put("valueHex", HexFormat.of().formatHex(value));
        }
    }
}
