// Tells the three stories one after the other.
import * as archiveOrders from "./archiveOrders";
import { connect } from "./connection";
import * as listOrders from "./listOrders";
import * as updateStatus from "./updateStatus";

const client = connect();
console.log("List, and live");
await listOrders.story(client);
console.log("Conflict, and repetition");
await updateStatus.story(client);
console.log("Bulk");
await archiveOrders.story(client);
process.exit(0);
