// Starts GraphiQL over the visitor's schema: HTTP for queries and mutations, a socket for subscriptions.
"use strict";

const place = document.querySelector("#graphiql");
const { endpoint, schema, tabs, nonce } = place.dataset;
window.__webpack_nonce__ = nonce; // For the style element that dialogs add.

const send = GraphiQL.createFetcher({
  url: endpoint,
  headers: { "Accept-Language": document.documentElement.lang },
  wsClient: graphqlWs.createClient({ url: location.origin.replace(/^http/, "ws") + endpoint }),
});

// Right after a change of tabs GraphiQL still tells of the document before: what is sent decides where it goes.
function fetcher(request, options) {
  const documentAST = parsed(request.query);
  const operations = documentAST?.definitions.filter(({ kind }) => kind === "OperationDefinition") ?? [];
  const only = operations.length === 1 ? { operationName: operations[0].name?.value } : {};
  return send({ ...request, ...only }, { ...options, documentAST: documentAST ?? options?.documentAST });
}

function parsed(text) {
  try {
    return GraphiQL.GraphQL.parse(text);
  } catch {
    return null; // The server says what is wrong with it.
  }
}

ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: JSON.parse(tabs),
    defaultEditorToolsVisibility: "variables",
    inputValueDeprecation: true,
    storage: GraphiQL.createLocalStorage({ namespace: schema }),
  }),
);
