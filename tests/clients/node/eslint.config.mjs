// graphql-eslint with its recommended rules for operations, over the documents that we publish.
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: {
          schema: new URL("../../../schema/sdl/operations.graphql", import.meta.url).pathname,
          documents: process.env.LINTED_DOCUMENTS,
        },
      },
    },
    plugins: { "@graphql-eslint": graphql },
    rules: graphql.configs["flat/operations-recommended"].rules,
  },
];
