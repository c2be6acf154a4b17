namespace Kfm.Pipeline.Report;

/// <summary>The style of the report: no external resource, light and dark, from 320 pixels up.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --bg:#fbfaf7; --fg:#1d1f21; --soft:#5a5f66; --line:#d9d6cd; --panel:#ffffff; --code:#f1efe8;
          --good:#17643a; --bad:#a3201d; --warn:#7a5200; --add:#e2f3e6; --del:#fbe5e3; --link:#1f4fa3; }
        @media (prefers-color-scheme: dark) { :root { --bg:#15171a; --fg:#e8e6e1; --soft:#a9aeb6; --line:#363b42; --panel:#1c1f24; --code:#262a30;
          --good:#7fd6a2; --bad:#ff9d96; --warn:#f0c46a; --add:#173323; --del:#3b1e1d; --link:#9dc1ff; } }
        * { box-sizing: border-box; }
        body { margin:0; background:var(--bg); color:var(--fg); font:1rem/1.55 system-ui, sans-serif; overflow-wrap:anywhere; }
        header, main, footer, nav { max-width:72rem; margin:0 auto; padding:0 1rem; }
        header { padding-top:1.5rem; }
        h1 { font-size:1.5rem; line-height:1.25; margin:.5rem 0; }
        h2 { font-size:1.25rem; margin:2.5rem 0 .5rem; padding-top:.75rem; border-top:2px solid var(--line); }
        h3 { font-size:1.05rem; margin:1.5rem 0 .5rem; }
        nav ul { display:flex; flex-wrap:wrap; gap:.25rem 1rem; list-style:none; padding:0; }
        a { color:var(--link); }
        .skip { position:absolute; left:-999rem; } .skip:focus { left:1rem; top:.5rem; background:var(--panel); padding:.5rem; }
        .verdict { display:inline-block; font-weight:700; font-size:1.1rem; padding:.25rem .9rem; border:2px solid currentColor; border-radius:.4rem; }
        .allow, .passed, .pass, .succeeded { color:var(--good); } .deny, .failed, .fail, .error { color:var(--bad); } .review, .skipped { color:var(--warn); }
        .kind { color:var(--soft); margin-top:0; }
        .status { font-weight:600; }
        .scroll { overflow-x:auto; border:1px solid var(--line); border-radius:.4rem; background:var(--panel); margin:.75rem 0; }
        table { border-collapse:collapse; width:100%; font-size:.92rem; }
        caption { text-align:left; padding:.5rem .75rem; color:var(--soft); }
        th, td { text-align:left; vertical-align:top; padding:.4rem .75rem; border-top:1px solid var(--line); overflow-wrap:normal; }
        td code { overflow-wrap:anywhere; }
        code, pre { font-family:ui-monospace, monospace; font-size:.88em; } code { background:var(--code); padding:.05em .3em; border-radius:.2em; }
        dl { display:grid; grid-template-columns:minmax(8rem, 14rem) 1fr; gap:.35rem 1rem; } dt { color:var(--soft); } dd { margin:0; }
        details { border:1px solid var(--line); border-radius:.4rem; background:var(--panel); margin:.75rem 0; }
        summary { padding:.5rem .75rem; cursor:pointer; }
        pre { margin:0; padding:.5rem 0; overflow-x:auto; line-height:1.4; tab-size:4; border-top:1px solid var(--line); }
        pre span { display:block; padding:0 .75rem; white-space:pre; min-width:max-content; } pre .a { background:var(--add); } pre .d { background:var(--del); } pre .h { color:var(--soft); }
        footer { color:var(--soft); padding:2rem 1rem; font-size:.9rem; }
        @media (max-width: 34rem) { dl { grid-template-columns:1fr; gap:.1rem; } dd { margin-bottom:.6rem; } h1 { font-size:1.25rem; } }
        @media print { details { break-inside:avoid; } nav, .skip { display:none; } }
        """;
}
