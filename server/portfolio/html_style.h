/* SPDX-License-Identifier: Apache-2.0 */
/* The style of the HTML export: one file that reads on a screen and prints on A4. Internal to portfolio. */
#ifndef ASKWELL_PORTFOLIO_HTML_STYLE_H
#define ASKWELL_PORTFOLIO_HTML_STYLE_H

#include "askwell/transcript.h"

/* The notice stands in the foot of every printed page, with its number, where the browser can do that. */
static const char html_style[] =
	":root{color-scheme:light}"
	"*{box-sizing:border-box}"
	"body{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:62rem;background:#fff;color:#1c2526;"
	"font:1rem/1.55 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}"
	"h1{font-size:1.7rem;line-height:1.25;margin:0 0 .75rem}"
	"h2{font-size:1.3rem;margin:2.25rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid #2b6a6c}"
	"h3{font-size:1rem;margin:0 0 .4rem}"
	"p{margin:0 0 .5rem}"
	".notice{margin:1rem 0;padding:.6rem .9rem;border:2px solid #8a5a00;background:#fff7e6;font-weight:600}"
	"table{border-collapse:collapse;width:100%;margin:0 0 1rem}"
	"caption{text-align:left;font-weight:600;padding-bottom:.3rem}"
	"th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d4dcdc;"
	"overflow-wrap:anywhere}"
	"thead th{border-bottom:2px solid #9fb3b3}"
	".facts th{width:11rem;font-weight:600}"
	".muted,time{color:#4a5a5b;font-size:.875rem;font-weight:400}"
	"article{margin:0 0 1.4rem}"
	".row{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 1.4rem}"
	".who{font-weight:600;margin:0 0 .15rem}"
	".text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;margin:0 0 .5rem;padding:.5rem .8rem;"
	"border-radius:.5rem;background:#eef4f4}"
	".trainee .text{background:#e6eefb}"
	".guide .text{background:#fff;border:1px dashed #6b7778;font-style:italic}"
	"mark{background:#ffe08a;color:inherit;padding:0 .1em;border-radius:.15em}"
	"aside{font-size:.875rem;border-left:3px solid #9fb3b3;padding-left:.8rem}"
	"aside ul{margin:0 0 .4rem;padding:0;list-style:none}"
	"aside li{margin:0 0 .4rem}"
	"q{quotes:\"\\201c\" \"\\201d\";unicode-bidi:isolate}"
	".aside-attempt{margin-left:2rem;padding-left:1rem;border-left:3px dotted #6b7778;color:#3c4748}"
	".aside-attempt .text{background:#f3f3f3}"
	".event{font-style:italic;color:#4a5a5b}"
	".bar{display:inline-block;height:.7em;background:#2b6a6c;border-radius:.2em;margin-right:.5em;"
	"print-color-adjust:exact;-webkit-print-color-adjust:exact}"
	"blockquote{margin:0 0 .6rem;padding:.1rem 0 .1rem .9rem;border-left:4px solid #2b6a6c}"
	"footer{margin-top:2rem}"
	"@media (max-width:40rem){.row{grid-template-columns:minmax(0,1fr)}.aside-attempt{margin-left:0}}"
	"@page{size:A4;margin:18mm 16mm 22mm;"
	"@bottom-left{content:\"" TRANSCRIPT_NOTICE "\";font:8pt sans-serif;color:#333}"
	"@bottom-right{content:\"Page \" counter(page) \" of \" counter(pages);font:8pt sans-serif;color:#333}}"
	"@media print{"
	"body{max-width:none;padding:0;font-size:10pt}"
	"h2,h3,.who{break-after:avoid}"
	".text,aside li,tr,blockquote,.notice{break-inside:avoid}"
	"thead{display:table-header-group}"
	".debrief{break-before:page}"
	".text,mark,.notice{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
	"p{orphans:3;widows:3}}";

#endif
