"""How a letter is laid out, as a browser understands it, and the bird at its head."""

STYLE = """
@page{size:A4;margin:0}
body{margin:0}
*{box-sizing:border-box}
.page{position:relative;width:210mm;height:296.6mm;padding:18mm 20mm 15mm 30mm;
  page-break-after:always;overflow-wrap:anywhere}
.page:last-child{page-break-after:auto}
.across{display:flex}
.across div:first-child{width:52%}
.across div+div{width:48%}
.speed{font-size:30pt;font-weight:bold;line-height:1;position:absolute;left:30mm;top:20mm}
.date{padding-left:44%;margin:5pt 0}
.label{display:flex;margin-top:5pt}
.label div:first-child{flex:0 0 17mm}
.wide div:first-child{flex-basis:28mm}
.enclosure{display:flex}
.enclosure div:first-child{flex:0 0 28mm}
.enclosure div:nth-child(2){flex:1}
.enclosure div:last-child{flex:0 0 30mm}
.p,.item{text-indent:25mm;margin-top:5pt}
.item{margin-top:0}
.closing{padding-left:48%;margin-top:12pt}
.sign{margin:30pt 0 0 34%;text-align:center;position:relative}
.foot{margin-top:16pt}
.title{text-align:center;font-weight:bold}
.centre,.rule{text-align:center}
.memo{display:flex}
.memo b{font-size:1.2em;padding-right:3mm}
.memo span{flex:1;border-bottom:1px dotted #222}
.approval{margin:22pt 0 0 4%;width:52%}
.approval div{text-align:center}
.number{text-align:center;margin-bottom:8pt}
.catch{text-align:right;margin-top:12pt}
.hand{font-family:Purisa;display:inline-block;color:#1c2f7d;padding:0 1mm}
.stamp{position:absolute;border:1.6px solid;padding:1mm 2.5mm;line-height:1.45;font-size:12pt;
 z-index:3}
.garuda{display:block;margin:0 auto 2mm}
.memo-garuda{position:absolute;left:30mm;top:12mm}
.ink{position:absolute;overflow:visible}
"""
# A bird with spread wings in the place of the emblem, which is not ours to give.
BIRD = (
    '<svg class="{where}" width="{wide}mm" height="{high}mm" viewBox="0 0 100 110" fill="#111">'
    '<path d="M50 6l7 14-7 8-7-8z"/>'
    '<path d="M50 28c14 0 18 12 16 26l-6 34-10 18-10-18-6-34c-2-14 2-26 16-26z"/>'
    '<path d="M34 36C18 20 6 22 2 30c8 2 8 8 4 14 8 0 10 6 8 12 8-2 12 2 12 8l10-8zM66 36'
    'C82 20 94 22 98 30c-8 2-8 8-4 14-8 0-10 6-8 12-8-2-12 2-12 8l-10-8z"/>'
    '<path d="M40 90l-14 16M60 90l14 16" stroke="#111" stroke-width="5"/></svg>'
)
SIGNATURE = (
    '<svg class="ink" style="left:50%;top:0" width="10" height="10">'
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}"'
    ' stroke-linecap="round"/></svg>'
)
ROUND = (
    '<svg class="ink" style="left:{left}px;top:-46px" width="150" height="150" opacity="0.8"'
    ' viewBox="0 0 150 150"><g fill="none" stroke="{colour}" stroke-width="2">'
    '<circle cx="75" cy="75" r="68"/><circle cx="75" cy="75" r="47"/></g>'
    '<path id="ring" d="M75 75m-54 0a54 54 0 1 1 108 0a54 54 0 1 1-108 0" fill="none"/>'
    '<text fill="{colour}" font-size="13"><textPath href="#ring">{words}</textPath></text>'
    '<path d="M60 95l15-45 15 45-38-28h46z" fill="{colour}"/></svg>'
)
