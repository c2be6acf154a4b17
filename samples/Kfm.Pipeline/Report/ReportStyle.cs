namespace Kfm.Pipeline.Report;

/// <summary>The style of the report: no external resource, light and dark, from 320 pixels up.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme:light dark; --bg:#fbfaf7; --fg:#1d1f21; --soft:#555a61; --line:#d9d6cd; --panel:#fff; --code:#f1efe8;
          --good:#17643a; --bad:#a3201d; --warn:#7a5200; --add:#e2f3e6; --del:#fbe5e3; --link:#1f4fa3; }
        @media (prefers-color-scheme:dark) { :root { --bg:#15171a; --fg:#e8e6e1; --soft:#b0b5bd; --line:#363b42; --panel:#1c1f24; --code:#262a30;
          --good:#7fd6a2; --bad:#ff9d96; --warn:#f0c46a; --add:#173323; --del:#3b1e1d; --link:#9dc1ff; } }
        * { box-sizing:border-box; }
        body { margin:0; background:var(--bg); color:var(--fg); font:1rem/1.55 system-ui, sans-serif; overflow-wrap:anywhere; }
        header, main, footer, nav { max-width:72rem; margin:0 auto; padding:0 1rem; }
        header { padding-top:1.5rem; }
        h1 { font-size:1.5rem; line-height:1.25; margin:.5rem 0; }
        h2 { font-size:1.25rem; margin:2.5rem 0 .5rem; padding-top:.75rem; border-top:2px solid var(--line); }
        h3 { font-size:1.05rem; margin:1.75rem 0 .5rem; }
        p { margin:.6rem 0; max-width:46rem; }
        nav ul { display:flex; flex-wrap:wrap; gap:.25rem 1rem; list-style:none; padding:0; }
        nav a { display:inline-block; padding:.25rem 0; }
        a { color:var(--link); }
        :focus-visible { outline:3px solid var(--link); outline-offset:2px; }
        .skip { position:absolute; left:-999rem; } .skip:focus { left:1rem; top:.5rem; background:var(--panel); padding:.5rem; }
        .verdict { display:inline-block; font-weight:700; font-size:1.1rem; margin:0; padding:.25rem .9rem; border:2px solid currentColor; border-radius:.4rem; }
        .allow, .passed, .pass, .succeeded { color:var(--good); } .deny, .failed, .fail, .error { color:var(--bad); } .review, .skipped { color:var(--warn); }
        .quiet { color:var(--soft); font-size:.92rem; }
        .cause { border-left:4px solid var(--bad); padding:.3rem .75rem; background:var(--panel); }
        .status { font-weight:600; }
        .meaning { margin:.25rem 0 1rem; padding-left:.75rem; border-left:4px solid var(--kind); color:var(--soft); }
        .facts { --kind:var(--link); } .interpretation { --kind:var(--warn); } .policy { --kind:var(--good); }
        .questions { list-style:none; padding:0; margin:1.25rem 0 0; display:grid; grid-template-columns:repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap:.75rem; }
        .questions > li { background:var(--panel); border:1px solid var(--line); border-radius:.4rem; padding:.5rem .9rem .6rem; }
        .questions h3 { margin:.25rem 0; } .questions p { margin:.35rem 0; } .files { list-style:none; margin:.35rem 0 0; padding:0; font-size:.92rem; }
        figure { margin:1rem 0; } .lineage { display:block; font:12px system-ui, sans-serif; } .tall { display:none; } .picture { padding:.5rem; }
        .lineage rect { fill:var(--panel); stroke:currentColor; stroke-width:1.5; } .lineage text { fill:currentColor; text-anchor:middle; }
        .lineage a { text-decoration:none; color:inherit; } .lineage .actor, .lineage .artifact { color:var(--soft); } .lineage .actor rect { rx:18px; }
        .lineage .allow, .lineage .succeeded { color:var(--good); } .lineage .deny, .lineage .failed { color:var(--bad); } .lineage .review, .lineage .skipped { color:var(--warn); }
        .lineage .name { fill:var(--fg); font-weight:600; } .lineage .skipped rect { stroke-dasharray:4 3; } .lineage .lane { text-anchor:start; fill:var(--soft); }
        .lineage a:hover rect { stroke-width:3; } .lineage a:focus-visible { outline:none; } .lineage a:focus-visible rect { stroke:var(--link); stroke-width:4; }
        .line { fill:none; stroke:var(--soft); stroke-width:1.3; } .flow { stroke-dasharray:3 3; }
        :target { outline:2px solid var(--link); outline-offset:2px; }
        .scroll { overflow-x:auto; border:1px solid var(--line); border-radius:.4rem; background:var(--panel); margin:.75rem 0; }
        table { border-collapse:collapse; width:100%; font-size:.92rem; }
        caption { text-align:left; padding:.5rem .75rem; color:var(--soft); }
        th, td { text-align:left; vertical-align:top; padding:.4rem .75rem; border-top:1px solid var(--line); overflow-wrap:normal; }
        tbody th { font-weight:400; } td code, th code { overflow-wrap:break-word; }
        code, pre { font-family:ui-monospace, monospace; font-size:.88em; } code { background:var(--code); padding:.05em .3em; border-radius:.2em; }
        .digest { display:inline-block; max-width:16rem; overflow:hidden; text-overflow:ellipsis; white-space:nowrap; vertical-align:bottom; user-select:all; }
        td .digest { max-width:min(11rem, 40vw); }
        dl { display:grid; grid-template-columns:minmax(8rem, 14rem) 1fr; gap:.35rem 1rem; } dt { color:var(--soft); } dd { margin:0; }
        details { border:1px solid var(--line); border-radius:.4rem; background:var(--panel); margin:.75rem 0; }
        summary { padding:.5rem .75rem; cursor:pointer; } .inside { padding:0 .75rem .5rem; }
        pre { margin:0; padding:.5rem .75rem; overflow-x:auto; line-height:1.45; tab-size:4; }
        pre code { background:none; padding:0; font-size:1em; }
        .command { border:1px solid var(--line); border-radius:.4rem; background:var(--code); white-space:pre-wrap; user-select:all; }
        .text { white-space:pre-wrap; }
        .diff { padding:.5rem 0; border-top:1px solid var(--line); } .diff span { display:block; padding:0 .75rem 0 .5rem; white-space:pre; min-width:max-content; }
        .diff span::before { content:attr(data-n) " "; color:var(--soft); user-select:none; }
        .diff .a { background:var(--add); } .diff .d { background:var(--del); } .diff .h { color:var(--soft); } .diff .h::before { content:""; }
        .diff .note { background:var(--code); color:var(--bad); border-left:4px solid var(--bad); white-space:pre-wrap; min-width:0; } .diff .note::before { content:""; }
        .notes { margin:0; padding:.4rem .75rem .4rem 2rem; border-top:1px solid var(--line); font-size:.92rem; }
        .tag { border:1px solid currentColor; border-radius:.3rem; padding:0 .35rem; font-size:.85rem; font-weight:600; color:var(--warn); } .tag.bad { color:var(--bad); }
        .reasons { padding-left:1.5rem; } .reasons > li { margin:.75rem 0; padding:.25rem .75rem; background:var(--panel); border:1px solid var(--line); border-radius:.4rem; }
        .sentences { padding-left:1.25rem; } .sentences li { margin:.35rem 0; } .sentences .quiet { white-space:normal; }
        footer { padding-top:2rem; padding-bottom:2rem; color:var(--soft); font-size:.9rem; }
        @media (max-width:46rem) { tbody th code, tbody td code { overflow-wrap:anywhere; } tbody th, td { min-width:9rem; } .diff span { white-space:pre-wrap; min-width:0; } .wide { display:none; } .tall { display:block; } .picture { border:0; padding:0; background:none; } }
        @media (max-width:34rem) { dl { grid-template-columns:1fr; gap:.1rem; } dd { margin-bottom:.6rem; } h1 { font-size:1.25rem; } .diff span::before { content:none; } }
        @media (prefers-reduced-motion:no-preference) { html { scroll-behavior:smooth; } }
        @media (forced-colors:active) { .lineage rect { fill:Canvas; stroke:CanvasText; } .lineage text { fill:CanvasText; } .lineage a text { fill:LinkText; } .line { stroke:CanvasText; }
          .lineage a:focus-visible rect { stroke:Highlight; } .diff .a, .diff .d { border-left:4px solid CanvasText; } }
        @media print { :root { color-scheme:light; --bg:#fff; --fg:#000; --panel:#fff; --code:#f3f3f3; --soft:#444; --line:#999; --good:#17643a; --bad:#a3201d; --warn:#6b4700; --add:#eef7f0; --del:#fcf0ef; --link:#1f4fa3; }
          body { font-size:10pt; } nav, .skip { display:none; } header, main, footer { max-width:none; padding:0; } .digest { white-space:normal; max-width:none; overflow:visible; }
          details::details-content { content-visibility:visible; display:block; height:auto; } .scroll, pre { overflow:visible; } .diff span { white-space:pre-wrap; min-width:0; }
          .questions > li, .reasons > li, tr, figure { break-inside:avoid; } h2, h3 { break-after:avoid; } .picture svg { max-width:100%; height:auto; } }
        """;
}
