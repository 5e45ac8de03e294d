import { html, Html } from './html.js';

/**
 * The head of a page that needs nothing else: it asks the network for nothing, and follows the reader's colours.
 * @param style the page's style sheet
 * @param images where images may come from; `blob:` for those that a script makes
 */
export const headOf = (title: string, style: string, images = 'data:'): Html => html`
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="generator" content="mdctr" />
    <meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src ${images}"
    />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <style>
      ${new Html(style)}
    </style>
  </head>
`;
