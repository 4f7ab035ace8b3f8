import * as vscode from 'vscode';

/**
 * The page of the report panel. It holds no data: the report is posted to it, and its script turns
 * text into text nodes only. The policy allows its own script and style sheet and nothing else.
 */
export function reportPageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const asset = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Faultline report</title>
<link rel="stylesheet" href="${asset('style.css')}">
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${asset('report.js')}"></script>
</body>
</html>
`;
}
