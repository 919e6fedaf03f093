<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
<context>
    <name>CovidViewer</name>
    <message>
        <source> frames/s</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source> so far, from {done} of {count} slices</source>
        <translation>（目前基于 {done}/{count} 层）</translation>
    </message>
    <message>
        <source>&amp;About CovidViewer…</source>
        <translation>关于 CovidViewer(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>分析(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Angle</source>
        <translation>角度(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>自动(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Bone 2000 / 350</source>
        <translation>骨窗 2000 / 350(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close series</source>
        <translation>关闭序列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>复制图像(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Distance</source>
        <translation>距离(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Ellipse</source>
        <translation>椭圆(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Emphysema 500 / -850</source>
        <translation>肺气肿窗 500 / -850(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Swap views</source>
        <translation>互换两个视图(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export image…</source>
        <translation>导出图像(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Heat map</source>
        <translation>热图(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Histogram of the region…</source>
        <translation>区域直方图(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>图像(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Invert</source>
        <translation>反色(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Key image</source>
        <translation>关键图像(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Lung 1500 / -600</source>
        <translation>肺窗 1500 / -600(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Lungs and density ranges</source>
        <translation>肺与密度分级(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Mediastinum 400 / 40</source>
        <translation>纵隔窗 400 / 40(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Model card…</source>
        <translation>模型卡(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Next key image</source>
        <translation>下一关键图像(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Custom presets</source>
        <translation>自定义预设(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Pan</source>
        <translation>平移(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Receive…</source>
        <translation>接收(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset view</source>
        <translation>重置视图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Scroll</source>
        <translation>滚动(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Two series side by side</source>
        <translation>两个序列并排(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;What the score means…</source>
        <translation>评分的含义(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Window width and level…</source>
        <translation>窗宽与窗位(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Window / level</source>
        <translation>窗宽/窗位(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>缩放(&amp;Z)</translation>
    </message>
    <message>
        <source>, estimated</source>
        <translation>，为估计值</translation>
    </message>
    <message>
        <source>, {n} of them failed</source>
        <translation>，其中 {n} 个失败</translation>
    </message>
    <message>
        <source>1 slice</source>
        <translation>1 层</translation>
    </message>
    <message>
        <source>1 duplicate slice was left out.</source>
        <translation>1 层是另一层的副本，已略去。</translation>
    </message>
    <message>
        <source>1 slice is missing in 1 gap.</source>
        <translation>1 处间断中缺少 1 层。</translation>
    </message>
    <message>
        <source>1 slice has the same position as another.</source>
        <translation>1 层与另一层位置相同。</translation>
    </message>
    <message>
        <source>10.1.2.3, 10.1.2.0/24; empty: this computer only</source>
        <translation>10.1.2.3, 10.1.2.0/24；留空：仅本机</translation>
    </message>
    <message>
        <source>A measurement, independent of the score: the percentage of the lung area on this slice that is denser than aerated lung. An area, not a measure of severity; it is estimated for images without Hounsfield units.</source>
        <translation>评分之外的一项简单测量：这一层肺面积中有多少比含气肺更致密。它是面积，不是严重程度；对没有亨氏单位的图像为估计值。</translation>
    </message>
    <message>
        <source>Allowed AE titles</source>
        <translation>允许发送的 AE 名称</translation>
    </message>
    <message>
        <source>AUC {value:.3f} ({low:.3f} to {high:.3f})</source>
        <translation>AUC {value:.3f}（{low:.3f} 至 {high:.3f}）</translation>
    </message>
    <message>
        <source>Ab&amp;domen 400 / 50</source>
        <translation>腹窗 400 / 50(&amp;D)</translation>
    </message>
    <message>
        <source>About CovidViewer</source>
        <translation>关于 CovidViewer</translation>
    </message>
    <message>
        <source>About this &amp;computer…</source>
        <translation>关于本机(&amp;C)…</translation>
    </message>
    <message>
        <source>About this computer</source>
        <translation>关于本机</translation>
    </message>
    <message>
        <source>Actual &amp;pixels</source>
        <translation>实际像素(&amp;P)</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>允许连接的地址</translation>
    </message>
    <message>
        <source>Restore all defaults</source>
        <translation>全部默认</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Also write</source>
        <translation>同时写入</translation>
    </message>
    <message>
        <source>Alt + Shift + arrow keys, Alt + Page Up, Page Down</source>
        <translation>Alt + Shift + 方向键，Alt + Page Up、Page Down</translation>
    </message>
    <message>
        <source>Alt + arrow keys</source>
        <translation>Alt + 方向键</translation>
    </message>
    <message>
        <source>An AE title has 1 to 16 letters, digits or punctuation marks.</source>
        <translation>AE 名称由 1 至 16 个字母、数字和符号组成。</translation>
    </message>
    <message>
        <source>Invalid allowed address: {why}.</source>
        <translation>允许连接的地址之一不是有效地址：{why}。</translation>
    </message>
    <message>
        <source>An area on this slice, not a measure of severity and not a diagnosis.</source>
        <translation>这是该层上的面积；不是严重程度，也不是诊断。</translation>
    </message>
    <message>
        <source>An object could not be parsed.</source>
        <translation>有一个对象无法理解。</translation>
    </message>
    <message>
        <source>Analyse &amp;slice</source>
        <translation>分析该层(&amp;S)</translation>
    </message>
    <message>
        <source>Analyse s&amp;eries</source>
        <translation>分析序列(&amp;E)</translation>
    </message>
    <message>
        <source>Analyse the series</source>
        <translation>分析序列</translation>
    </message>
    <message>
        <source>Analyse this slice</source>
        <translation>分析这一层</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>正在分析</translation>
    </message>
    <message>
        <source>Analysing slice {done} of {total}</source>
        <translation>正在分析第 {done}/{total} 层</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>正在分析…</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Another disease</source>
        <translation>其他疾病</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>At start</source>
        <translation>启动时</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic: {n}</source>
        <translation>自动：{n}</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>横断面</translation>
    </message>
    <message>
        <source>Bars: score of each slice. Line: opacified percentage of the lungs.</source>
        <translation>柱：每层的评分。线：肺的密度增高面积占比。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Model input box on the image</source>
        <translation>图像上的模型输入框</translation>
    </message>
    <message>
        <source>C&amp;lassify a folder…</source>
        <translation>对文件夹分类(&amp;L)…</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU，1 个线程</translation>
    </message>
    <message>
        <source>CPU, {n} threads</source>
        <translation>CPU，{n} 个线程</translation>
    </message>
    <message>
        <source>CT series sent by a scanner, a PACS or another viewer (DICOM C-STORE).</source>
        <translation>扫描仪、影像归档或其他浏览器发送的 CT 序列（DICOM C-STORE）。</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose an action, then press its new shortcut here:</source>
        <translation>选择一项操作，然后在此按下新的快捷键：</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cine faster</source>
        <translation>电影播放加快</translation>
    </message>
    <message>
        <source>Cine slower</source>
        <translation>电影播放减慢</translation>
    </message>
    <message>
        <source>Cine rate, if not given in the file</source>
        <translation>电影播放（文件未注明时）</translation>
    </message>
    <message>
        <source>Classify a folder</source>
        <translation>对文件夹分类</translation>
    </message>
    <message>
        <source>Clear lungs</source>
        <translation>清晰的肺</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close &amp;all</source>
        <translation>全部关闭(&amp;A)</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Co&amp;bb angle</source>
        <translation>Cobb 角(&amp;B)</translation>
    </message>
    <message>
        <source>Cobb {angle:.1f}°</source>
        <translation>Cobb {angle:.1f}°</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colours of the heat map</source>
        <translation>热图的颜色</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Overlay &amp;text: all, minimal, none</source>
        <translation>四角文字：全部、最少、无(&amp;T)</translation>
    </message>
    <message>
        <source>Overlay text</source>
        <translation>四角文字</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>冠状面</translation>
    </message>
    <message>
        <source>CovidViewer {version}</source>
        <translation>CovidViewer {version}</translation>
    </message>
    <message>
        <source>Ctrl + left drag</source>
        <translation>Ctrl + 左键拖动</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>DICOM &amp;tags…</source>
        <translation>DICOM 标签(&amp;T)…</translation>
    </message>
    <message>
        <source>DICOM tags</source>
        <translation>DICOM 标签</translation>
    </message>
    <message>
        <source>DICOM tags of {file}</source>
        <translation>{file} 的 DICOM 标签</translation>
    </message>
    <message>
        <source>DICOM, PNG, JPEG, TIFF, BMP or WebP, also in a ZIP archive</source>
        <translation>DICOM、PNG、JPEG、TIFF、BMP 或 WebP，也可在 ZIP 压缩包中</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>检查日期</translation>
    </message>
    <message>
        <source>Densities are estimated: the image has no Hounsfield units.</source>
        <translation>密度为估计值：该图像没有亨氏单位。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Changes to device, engine and threads take effect at the next start.</source>
        <translation>设备、引擎和线程数从下次启动起生效。</translation>
    </message>
    <message>
        <source>Done: {files}{failed}. The table has been written.</source>
        <translation>完成：{files}{failed}。表格已写入。</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Drag the edge to move it or a corner to resize it; the score is updated.</source>
        <translation>拖动边框可移动，拖动角可改变大小；评分随之更新。</translation>
    </message>
    <message>
        <source>Drag the box</source>
        <translation>拖动方框</translation>
    </message>
    <message>
        <source>Drag up to darken the image</source>
        <translation>向上拖动使图像变暗</translation>
    </message>
    <message>
        <source>Drop CT files or a folder here</source>
        <translation>将 CT 文件或文件夹拖放到此处</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能耗</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Export image</source>
        <translation>导出图像</translation>
    </message>
    <message>
        <source>F&amp;reehand</source>
        <translation>徒手(&amp;R)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Few signs of opacities like those of COVID-19.</source>
        <translation>少量类似 COVID-19 的密度增高影征象。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>U&amp;nreadable files…</source>
        <translation>无法读取的文件(&amp;N)…</translation>
    </message>
    <message>
        <source>Files and slices</source>
        <translation>文件与层</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>批处理的文件</translation>
    </message>
    <message>
        <source>Failed files</source>
        <translation>失败的文件</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Custom preset 1</source>
        <translation>自定义预设 1</translation>
    </message>
    <message>
        <source>First slice</source>
        <translation>第一层</translation>
    </message>
    <message>
        <source>Flip &amp;horizontally</source>
        <translation>水平翻转(&amp;H)</translation>
    </message>
    <message>
        <source>Flip &amp;vertically</source>
        <translation>垂直翻转(&amp;V)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder for DICOM objects</source>
        <translation>DICOM 对象的文件夹</translation>
    </message>
    <message>
        <source>Folder for received series</source>
        <translation>接收序列的文件夹</translation>
    </message>
    <message>
        <source>Folders by URL need fsspec; “pip install covidviewer[cluster]” installs it.</source>
        <translation>通过 URL 访问文件夹需要 fsspec；“pip install covidviewer[cluster]”可安装它。</translation>
    </message>
    <message>
        <source>Include subfolders</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resumes the earlier run of this table: processes only new, changed and failed files.</source>
        <translation>继续此表格的上次运行：只处理新增、更改或失败的。</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Grey values, no HU</source>
        <translation>灰度值，无 HU</translation>
    </message>
    <message>
        <source>Grouped test</source>
        <translation>分组测试</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Heat maps</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Heat maps and scores are written as DICOM objects, without patient attributes.</source>
        <translation>热图和评分已写成 DICOM 对象，不含患者信息。</translation>
    </message>
    <message>
        <source>Heat maps cannot be written to the folder of the images.</source>
        <translation>热图须放在与图像不同的文件夹中。</translation>
    </message>
    <message>
        <source>Heat maps of scored slices</source>
        <translation>已评分层的热图</translation>
    </message>
    <message>
        <source>Here a lobar pneumonia. It gets a high score too.</source>
        <translation>此处为充满一个肺叶的肺炎。同样会得到高评分。</translation>
    </message>
    <message>
        <source>Hide {panel}</source>
        <translation>隐藏{panel}</translation>
    </message>
    <message>
        <source>Highest score</source>
        <translation>最高评分</translation>
    </message>
    <message>
        <source>Histogram of the region</source>
        <translation>区域直方图</translation>
    </message>
    <message>
        <source>Hold Space</source>
        <translation>按住空格键</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>机构</translation>
    </message>
    <message>
        <source>Saving failed; see the log for details.</source>
        <translation>无法保存；原因见日志。</translation>
    </message>
    <message>
        <source>It separates slices with opacities like those of COVID-19 from clear lungs; it cannot tell COVID-19 from other lung disease.</source>
        <translation>它能把带有类似 COVID-19 密度增高影的层与清晰的肺区分开；不能把 COVID-19 与其他肺病区分开。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>重建核</translation>
    </message>
    <message>
        <source>Key image</source>
        <translation>关键图像</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Shortcut or gesture</source>
        <translation>快捷键或手势</translation>
    </message>
    <message>
        <source>Reference labels and scores</source>
        <translation>参考标签与评分</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Heat map on the image</source>
        <translation>图像上的热图</translation>
    </message>
    <message>
        <source>Automatic: first to pass the self-check, fastest for long runs</source>
        <translation>自动：先用结果正确者，长时间运行时用其中最快的</translation>
    </message>
    <message>
        <source>Files to show</source>
        <translation>要显示的文件</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Language: {later}</source>
        <translation>语言：{later}</translation>
    </message>
    <message>
        <source>Last slice</source>
        <translation>最后一层</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>左键拖动</translation>
    </message>
    <message>
        <source>Left drag in the planes</source>
        <translation>在多平面中左键拖动</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>窗位</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Listening on port {port} as {title}, for {who}.</source>
        <translation>正在端口 {port} 上以 {title} 监听，对象：{who}。</translation>
    </message>
    <message>
        <source>LiteRT</source>
        <translation>LiteRT</translation>
    </message>
    <message>
        <source>LiteRT cannot be used here ({why}).</source>
        <translation>此处无法使用 LiteRT（{why}）。</translation>
    </message>
    <message>
        <source>LiteRT cannot run the model ({why}).</source>
        <translation>LiteRT 无法运行该模型（{why}）。</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Searching for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>Lungs and density ranges on the image</source>
        <translation>图像上的肺部与密度分带</translation>
    </message>
    <message>
        <source>Lungs cannot be distinguished from fat in this image; its window may be a soft-tissue window.</source>
        <translation>在此图像中无法区分肺与脂肪；其窗可能是软组织窗。</translation>
    </message>
    <message>
        <source>Ma&amp;gnifier</source>
        <translation>放大镜(&amp;G)</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>制造商</translation>
    </message>
    <message>
        <source>Mean {mean} {unit}</source>
        <translation>均值 {mean} {unit}</translation>
    </message>
    <message>
        <source>Measure all engines</source>
        <translation>测量所有引擎</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Memory for slices</source>
        <translation>用于层数据的内存</translation>
    </message>
    <message>
        <source>Memory: {later}</source>
        <translation>内存：{later}</translation>
    </message>
    <message>
        <source>Middle drag, Shift + left drag</source>
        <translation>中键拖动，Shift + 左键拖动</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>More slices of an open series have arrived; reopen its folder to see them.</source>
        <translation>已打开的序列又收到了切片；请重新打开其文件夹以查看。</translation>
    </message>
    <message>
        <source>Mouse and Space</source>
        <translation>鼠标与空格键</translation>
    </message>
    <message>
        <source>Move the box</source>
        <translation>移动方框</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>移动图像</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Ne&amp;xt series in second view</source>
        <translation>第二视图显示下一序列(&amp;X)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>下一序列</translation>
    </message>
    <message>
        <source>Next slice</source>
        <translation>下一层</translation>
    </message>
    <message>
        <source>No suitable GPU was found; using the CPU.</source>
        <translation>没有找到合适的 GPU；改用 CPU。</translation>
    </message>
    <message>
        <source>No shortcut</source>
        <translation>无快捷键</translation>
    </message>
    <message>
        <source>Cannot listen on {where}: {why}.</source>
        <translation>无法在 {where} 监听：{why}。</translation>
    </message>
    <message>
        <source>No lungs were found in this slice.</source>
        <translation>这一层中没有找到肺。</translation>
    </message>
    <message>
        <source>No opacities like those of COVID-19 were seen by the model.</source>
        <translation>模型没有看到类似 COVID-19 的密度增高影。</translation>
    </message>
    <message>
        <source>No process could be started to read the images.</source>
        <translation>此处无法启动读取图像的进程。</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>无评分</translation>
    </message>
    <message>
        <source>No score for this slice</source>
        <translation>这一层没有评分</translation>
    </message>
    <message>
        <source>No scores: the model cannot be used</source>
        <translation>没有评分：模型无法使用</translation>
    </message>
    <message>
        <source>No slice is open</source>
        <translation>没有打开的层</translation>
    </message>
    <message>
        <source>No slice of this series has a score; there is nothing to write.</source>
        <translation>该序列没有任何一层有评分，因此没有可写的内容。</translation>
    </message>
    <message>
        <source>No slice of this series has been analysed yet; there is nothing to report.</source>
        <translation>该序列尚未分析任何一层，因此没有可报告的内容。</translation>
    </message>
    <message>
        <source>None of the {n} files could be read.</source>
        <translation>{n} 个文件均无法读取。</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>未分析</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>尚未分析</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and no file in the folder is changed.</source>
        <translation>任何内容都不会离开本机，文件夹中的文件也不会被改动。</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Now: {engine}.</source>
        <translation>当前：{engine}。</translation>
    </message>
    <message>
        <source>Off. The program listens only after you click Start.</source>
        <translation>已关闭。在您启动之前不会监听。</translation>
    </message>
    <message>
        <source>One file could not be read.</source>
        <translation>1 个文件无法读取。</translation>
    </message>
    <message>
        <source>One slice, not a patient</source>
        <translation>一层，不是一位患者</translation>
    </message>
    <message>
        <source>Only a trachea was found in this slice, no lungs.</source>
        <translation>这一层中只找到气管，没有肺。</translation>
    </message>
    <message>
        <source>Only scores of DICOM files can be written as DICOM.</source>
        <translation>只有 DICOM 文件的评分才能写成 DICOM。</translation>
    </message>
    <message>
        <source>Only the first {n} elements are listed.</source>
        <translation>只列出前 {n} 个元素。</translation>
    </message>
    <message>
        <source>Opacified area</source>
        <translation>密度增高面积</translation>
    </message>
    <message>
        <source>Opacities have many causes: other pneumonia, bleeding, oedema, tumour. The model has seen hardly any of them and gives them high scores too. A low score does not exclude a disease, and a high one does not name it.</source>
        <translation>密度增高影有许多原因：其他肺炎、出血、水肿、肿瘤。模型几乎没有见过这些，也会给出高评分。低评分不能排除疾病，高评分也不能指明是哪种疾病。</translation>
    </message>
    <message>
        <source>Opacities like those of COVID-19</source>
        <translation>类似 COVID-19 的密度增高影</translation>
    </message>
    <message>
        <source>Opacities like those of COVID-19, or of another disease that looks alike.</source>
        <translation>类似 COVID-19 的密度增高影，或表现相似的其他疾病。</translation>
    </message>
    <message>
        <source>Opacity, measured</source>
        <translation>密度增高影（测量）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open the &amp;sample scan</source>
        <translation>打开示例扫描(&amp;S)</translation>
    </message>
    <message>
        <source>Open the sample scan</source>
        <translation>打开示例扫描</translation>
    </message>
    <message>
        <source>Reopen &amp;last session</source>
        <translation>打开上次的内容(&amp;L)</translation>
    </message>
    <message>
        <source>Reopen last session</source>
        <translation>重新打开上次会话</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>OpenVINO cannot be used here ({why}).</source>
        <translation>此处无法使用 OpenVINO（{why}）。</translation>
    </message>
    <message>
        <source>OpenVINO cannot run the model ({why}).</source>
        <translation>OpenVINO 无法运行该模型（{why}）。</translation>
    </message>
    <message>
        <source>Opened {files} of {all} files; {n} could not be read.</source>
        <translation>已打开 {files}/{all} 个文件；{n} 个无法读取。</translation>
    </message>
    <message>
        <source>Orange and blue</source>
        <translation>橙色与蓝色</translation>
    </message>
    <message>
        <source>Other source, clear lungs</source>
        <translation>其他来源，清晰的肺</translation>
    </message>
    <message>
        <source>Other source, other lung disease</source>
        <translation>其他来源，其他肺部疾病</translation>
    </message>
    <message>
        <source>AE title of this program</source>
        <translation>本程序的 AE 名称</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Custom presets</source>
        <translation>自定义预设</translation>
    </message>
    <message>
        <source>Custom presets, in Hounsfield units</source>
        <translation>自定义预设（亨氏单位）</translation>
    </message>
    <message>
        <source>PACS, SCANNER1; empty: any title</source>
        <translation>PACS, SCANNER1；留空：任意名称</translation>
    </message>
    <message>
        <source>Parquet files need pyarrow, which installers do not include: use .csv, or “pip install covidviewer[parquet]”.</source>
        <translation>Parquet 文件需要 pyarrow，安装程序不包含它：请使用 .csv，或执行“pip install covidviewer[parquet]”。</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>检查部位</translation>
    </message>
    <message>
        <source>Patient&apos;s name</source>
        <translation>患者姓名</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>患者 ID</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused. {done} are completed and saved.</source>
        <translation>已暂停。{done} 个已完成并保存。</translation>
    </message>
    <message>
        <source>Paused. {done} of {all} files are completed and saved.</source>
        <translation>已暂停。{done}/{all} 个文件已完成并保存。</translation>
    </message>
    <message>
        <source>Planes: a&amp;xial, coronal, sagittal</source>
        <translation>多平面：横断面、冠状面、矢状面(&amp;X)</translation>
    </message>
    <message>
        <source>Play &amp;cine</source>
        <translation>电影播放(&amp;C)</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Position {mm} mm</source>
        <translation>位置 {mm} mm</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation>上一序列</translation>
    </message>
    <message>
        <source>Previous slice</source>
        <translation>上一层</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Program: Apache License 2.0. The model has a separate licence, given in its card.</source>
        <translation>程序：Apache License 2.0。模型有其自己的许可，见模型卡。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>批处理进度</translation>
    </message>
    <message>
        <source>Progress of the series analysis</source>
        <translation>序列分析进度</translation>
    </message>
    <message>
        <source>Purple and green</source>
        <translation>紫色与绿色</translation>
    </message>
    <message>
        <source>Reset bo&amp;x</source>
        <translation>方框复位(&amp;B)</translation>
    </message>
    <message>
        <source>Reset box</source>
        <translation>还原方框</translation>
    </message>
    <message>
        <source>Python, Qt for Python</source>
        <translation>Python、Qt for Python</translation>
    </message>
    <message>
        <source>A number from 0 to 100 %: how much this one slice looks like the slices of COVID-19 patients in the data that the model was trained on, rather than like the clear lungs in it. It was fitted to be a probability on those data; on other scanners, and among other diseases, it is none.</source>
        <translation>一个 0 到 100 % 的数：这一层面与模型训练数据中 COVID-19 患者的层面有多相似，而不是与其中清晰的肺相似。它在那些数据上被校准为概率；在其他扫描仪上、在其他疾病之间，它不是概率。</translation>
    </message>
    <message>
        <source>As in the grouped test, within its own data set</source>
        <translation>如分组测试，在其自身数据集内</translation>
    </message>
    <message>
        <source>As in the test on another source, clear lungs</source>
        <translation>如在另一来源上的测试，清晰的肺</translation>
    </message>
    <message>
        <source>As in the test with other lung disease</source>
        <translation>如有其他肺部疾病的测试</translation>
    </message>
    <message>
        <source>COVID-19 likeness</source>
        <translation>与 COVID-19 的相似度</translation>
    </message>
    <message>
        <source>In the test on another source, {share} of the COVID-19 patients&apos; scored slices stayed below the threshold.</source>
        <translation>在另一来源的测试中，COVID-19 患者有评分的层面中有 {share} 低于阈值。</translation>
    </message>
    <message>
        <source>In the test on another source, {share} of the clear scored slices reached the threshold all the same.</source>
        <translation>在另一来源的测试中，有评分的清晰层面中仍有 {share} 达到阈值。</translation>
    </message>
    <message>
        <source>In the test with other lung disease, {share} of the slices without COVID-19 reached the threshold.</source>
        <translation>在有其他肺部疾病的测试中，无 COVID-19 的层面中有 {share} 达到阈值。</translation>
    </message>
    <message>
        <source>Left out: {n} slices that the model was trained on and {m} that it was calibrated on, since their scores say nothing about new slices.</source>
        <translation>未计入：模型训练用过的 {n} 个层面和校准用过的 {m} 个层面，因为它们的评分对新层面毫无说明。</translation>
    </message>
    <message>
        <source>Of the slices looked at, from COVID-19 patients:</source>
        <translation>所查看的层面中来自 COVID-19 患者的：</translation>
    </message>
    <message>
        <source>Outside its data set, {clear}&#xa0;% of clear lungs score above the threshold too.</source>
        <translation>在其数据集之外，{clear}&#xa0;% 的清晰的肺评分也高于阈值。</translation>
    </message>
    <message>
        <source>Outside its data set, {disease}&#xa0;% of slices with other lung disease and {clear}&#xa0;% of clear lungs score above the threshold too.</source>
        <translation>在其数据集之外，{disease}&#xa0;% 的其他肺部疾病层面和 {clear}&#xa0;% 的清晰的肺评分也高于阈值。</translation>
    </message>
    <message>
        <source>Outside its data set, {disease}&#xa0;% of slices with other lung disease score above the threshold too.</source>
        <translation>在其数据集之外，{disease}&#xa0;% 的其他肺部疾病层面评分也高于阈值。</translation>
    </message>
    <message>
        <source>Outside its data set, {missed}&#xa0;% of COVID-19 patients&apos; slices score below the threshold too: a low score excludes nothing.</source>
        <translation>在其数据集之外，{missed}&#xa0;% 的 COVID-19 患者层面评分也低于阈值：低评分不能排除任何疾病。</translation>
    </message>
    <message>
        <source>Random test</source>
        <translation>随机测试</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Reading slice {done} of {total} for the planes</source>
        <translation>正在为多平面读取第 {done}/{total} 层</translation>
    </message>
    <message>
        <source>Reading {done} of {total} files</source>
        <translation>正在读取 {done}/{total} 个文件</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Rec&amp;tangle</source>
        <translation>矩形(&amp;T)</translation>
    </message>
    <message>
        <source>Receive series</source>
        <translation>接收序列</translation>
    </message>
    <message>
        <source>Receiving failed unexpectedly; see the log for details.</source>
        <translation>接收时遇到未预见的错误；详情见日志。</translation>
    </message>
    <message>
        <source>Receiving needs pynetdicom; “pip install covidviewer[dicom-in]” installs it.</source>
        <translation>接收需要 pynetdicom；“pip install covidviewer[dicom-in]”可安装它。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove &amp;all on this slice</source>
        <translation>移除本层全部测量(&amp;A)</translation>
    </message>
    <message>
        <source>Remove &amp;last measurement</source>
        <translation>移除最后一项测量(&amp;L)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Research use only. Not a medical device. Not for diagnosis.</source>
        <translation>仅供研究使用。不是医疗器械。不用于诊断。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>右键拖动</translation>
    </message>
    <message>
        <source>Rotate &amp;left</source>
        <translation>向左旋转(&amp;L)</translation>
    </message>
    <message>
        <source>Rotate &amp;right</source>
        <translation>向右旋转(&amp;R)</translation>
    </message>
    <message>
        <source>SD {deviation:.1f}</source>
        <translation>标准差 {deviation:.1f}</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>矢状面</translation>
    </message>
    <message>
        <source>Save &amp;report of the slice…</source>
        <translation>保存本层报告(&amp;R)…</translation>
    </message>
    <message>
        <source>Save repor&amp;t of the series…</source>
        <translation>保存序列报告(&amp;T)…</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Save scores as &amp;DICOM…</source>
        <translation>将评分另存为 DICOM(&amp;D)…</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫描仪</translation>
    </message>
    <message>
        <source>Score the current slice automatically</source>
        <translation>自动为显示的层评分</translation>
    </message>
    <message>
        <source>Scored</source>
        <translation>已评分</translation>
    </message>
    <message>
        <source>Scored as {label}</source>
        <translation>评为 {label}</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Scores over the series</source>
        <translation>整个序列的评分</translation>
    </message>
    <message>
        <source>Screen scale</source>
        <translation>屏幕缩放</translation>
    </message>
    <message>
        <source>Scroll both &amp;together</source>
        <translation>同步滚动(&amp;T)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search tag, name or value</source>
        <translation>搜索标签、名称或值</translation>
    </message>
    <message>
        <source>Custom preset 2</source>
        <translation>自定义预设 2</translation>
    </message>
    <message>
        <source>Second view</source>
        <translation>第二视图</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Series score {score}{so_far}</source>
        <translation>序列评分 {score}{so_far}</translation>
    </message>
    <message>
        <source>Series, highest score first</source>
        <translation>序列（按评分从高到低）</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sex and age</source>
        <translation>性别与年龄</translation>
    </message>
    <message>
        <source>Should get a high score.</source>
        <translation>应得到高评分。</translation>
    </message>
    <message>
        <source>Should get a low score.</source>
        <translation>应得到低评分。</translation>
    </message>
    <message>
        <source>Show list</source>
        <translation>显示列表</translation>
    </message>
    <message>
        <source>Show lungs and density ranges</source>
        <translation>显示肺部与分带</translation>
    </message>
    <message>
        <source>Show on the image</source>
        <translation>在图像上显示</translation>
    </message>
    <message>
        <source>Show patient &amp;name</source>
        <translation>显示患者姓名(&amp;N)</translation>
    </message>
    <message>
        <source>Show the box</source>
        <translation>显示方框</translation>
    </message>
    <message>
        <source>Show the table&apos;s folder</source>
        <translation>显示表格所在文件夹</translation>
    </message>
    <message>
        <source>Shows chest CT and scores slices with a ResNet101 that runs on this computer. Nothing leaves it.</source>
        <translation>显示胸部 CT，并用在本机运行的 ResNet101 为各层评分。任何内容都不会离开本机。</translation>
    </message>
    <message>
        <source>Shows which regions influenced the score, on a coarse grid of 7 × 7 cells; it cannot show why, nor where disease is.</source>
        <translation>显示哪些位置影响了评分，分为 7 × 7 个粗格；不能说明原因，也不能指出病变位置。</translation>
    </message>
    <message>
        <source>Resize the box</source>
        <translation>调整方框大小</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Slice {index} of {count}</source>
        <translation>第 {index}/{count} 层</translation>
    </message>
    <message>
        <source>The size of slice {n} differs from its header.</source>
        <translation>第 {n} 层的大小与其文件头不符。</translation>
    </message>
    <message>
        <source>Slice {n}: {score}</source>
        <translation>第 {n} 层：{score}</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Slices above and below the lungs, or with little lung, carry little information. Look at the whole series, and at the slices themselves.</source>
        <translation>肺上方和下方的层，或含肺很少的层，说明不了什么。请看整个序列，并看各层本身。</translation>
    </message>
    <message>
        <source>Slices in memory</source>
        <translation>内存中的层</translation>
    </message>
    <message>
        <source>Slices in which no lungs are found, and images unlike the training data, get no score; the reason is shown.</source>
        <translation>找不到肺的层，以及与训练数据完全不同的图像，不给评分，并说明原因。</translation>
    </message>
    <message>
        <source>Slices without a score</source>
        <translation>没有评分的层</translation>
    </message>
    <message>
        <source>Some signs of opacities like those of COVID-19.</source>
        <translation>有一些类似 COVID-19 的密度增高影征象。</translation>
    </message>
    <message>
        <source>Another file is being saved.</source>
        <translation>正在保存其他内容。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>起始权重</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopped. {done} Click Start to resume.</source>
        <translation>已停止。{done}按“开始”继续。</translation>
    </message>
    <message>
        <source>Stopping after the current slices…</source>
        <translation>处理完当前各层后停止…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>热图的强度</translation>
    </message>
    <message>
        <source>Highest-scoring slices</source>
        <translation>评分最高的层</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Takes a few seconds; no slice is analysed in the meantime.</source>
        <translation>需要几秒钟，期间不分析任何切片。</translation>
    </message>
    <message>
        <source>Back 10 slices</source>
        <translation>后退十层</translation>
    </message>
    <message>
        <source>Forward 10 slices</source>
        <translation>前进十层</translation>
    </message>
    <message>
        <source>The &amp;file&apos;s windows</source>
        <translation>文件自带的窗(&amp;F)</translation>
    </message>
    <message>
        <source>The DICOM file contains no pixel data, or ends before them.</source>
        <translation>该 DICOM 文件没有像素数据，或在像素之前就结束了。</translation>
    </message>
    <message>
        <source>The DICOM header is damaged.</source>
        <translation>DICOM 文件头已损坏。</translation>
    </message>
    <message>
        <source>The DICOM header gives no rows or no columns.</source>
        <translation>DICOM 文件头所述图像没有行或列。</translation>
    </message>
    <message>
        <source>The DICOMDIR is damaged.</source>
        <translation>DICOMDIR 已损坏。</translation>
    </message>
    <message>
        <source>The DICOMDIR references no images.</source>
        <translation>DICOMDIR 中没有列出图像。</translation>
    </message>
    <message>
        <source>The DICOMDIR references this file, but it cannot be accessed.</source>
        <translation>DICOMDIR 列出了该文件，但无法访问。</translation>
    </message>
    <message>
        <source>The DICOMDIR references this file, but it does not exist.</source>
        <translation>DICOMDIR 列出了该文件，但它不存在。</translation>
    </message>
    <message>
        <source>The DICOMDIR references a file outside its folder; skipped.</source>
        <translation>DICOMDIR 指向其文件夹之外，不予跟随。</translation>
    </message>
    <message>
        <source>The archive contains no images.</source>
        <translation>压缩包中没有图像。</translation>
    </message>
    <message>
        <source>The archive contains {count} files, more than the limit of {limit}.</source>
        <translation>压缩包含 {count} 个文件，超过上限 {limit}。</translation>
    </message>
    <message>
        <source>The archive is damaged.</source>
        <translation>压缩包已损坏。</translation>
    </message>
    <message>
        <source>The batch failed unexpectedly; see the log for details. Completed work is saved.</source>
        <translation>批处理遇到未预见的错误；详见日志。已完成的内容已保存。</translation>
    </message>
    <message>
        <source>The selected rows, or all rows shown</source>
        <translation>所选的行，或显示的全部行</translation>
    </message>
    <message>
        <source>The dark regions are darker than the surrounding air, so they are not lungs.</source>
        <translation>暗区比周围空气更暗，因此不是肺。</translation>
    </message>
    <message>
        <source>The dark regions are surrounded by bone, as in a head, and contain only air.</source>
        <translation>暗区位于骨之间，如头部那样，且只含空气。</translation>
    </message>
    <message>
        <source>There is not enough disk space for another object.</source>
        <translation>磁盘空间不足，无法再存一个对象。</translation>
    </message>
    <message>
        <source>The engine {engine} is not installed here.</source>
        <translation>此处未安装引擎 {engine}。</translation>
    </message>
    <message>
        <source>The field before</source>
        <translation>上一个字段</translation>
    </message>
    <message>
        <source>The file cannot be downloaded: {why}.</source>
        <translation>无法获取文件：{why}。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>无法读取该文件。</translation>
    </message>
    <message>
        <source>The file cannot be read: it is damaged.</source>
        <translation>无法读取该文件：以未预见的方式损坏。</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>无法读取该文件：{reason}。</translation>
    </message>
    <message>
        <source>The file could not be read within {seconds:.0f} seconds.</source>
        <translation>未能在 {seconds:.0f} 秒内读取该文件。</translation>
    </message>
    <message>
        <source>The file could not be read: it is damaged.</source>
        <translation>未能读取该文件：以未预见的方式损坏。</translation>
    </message>
    <message>
        <source>The file could not be read: it crashed the reader.</source>
        <translation>未能读取该文件：读取它的程序因此终止。</translation>
    </message>
    <message>
        <source>The file has no valid {name}, so it cannot be referenced.</source>
        <translation>该文件没有有效的 {name}，因此无法与它关联。</translation>
    </message>
    <message>
        <source>The file has {frames} frames; frame {frame} does not exist.</source>
        <translation>该文件有 {frames} 帧，没有第 {frame} 帧。</translation>
    </message>
    <message>
        <source>The file has {frames} frames, more than the limit of {limit}.</source>
        <translation>该文件有 {frames} 帧，超过上限 {limit}。</translation>
    </message>
    <message>
        <source>The file has {pages} pages; page {page} does not exist.</source>
        <translation>该文件有 {pages} 页，没有第 {page} 页。</translation>
    </message>
    <message>
        <source>The file contains a video, which is not supported.</source>
        <translation>该文件是视频，本程序不显示视频。</translation>
    </message>
    <message>
        <source>The file is a symbolic link to itself.</source>
        <translation>该文件是指回自身的链接。</translation>
    </message>
    <message>
        <source>The file is truncated: its pixel data are incomplete.</source>
        <translation>该文件被截断：像素不完整。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>该文件是空的。</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>该文件不存在。</translation>
    </message>
    <message>
        <source>According to the file, the image shows the {part}, not the chest.</source>
        <translation>文件注明所示部位为{part}，而不是胸部。</translation>
    </message>
    <message>
        <source>The file expands to more than {limit} MB.</source>
        <translation>该文件解压后超过 {limit} MB。</translation>
    </message>
    <message>
        <source>Fr&amp;om the file</source>
        <translation>文件自带(&amp;O)</translation>
    </message>
    <message>
        <source>The files could not be opened; see the log for details.</source>
        <translation>无法打开这些文件；原因见日志。</translation>
    </message>
    <message>
        <source>The files of the last session no longer exist.</source>
        <translation>上次打开的文件已不存在。</translation>
    </message>
    <message>
        <source>The folder of “{path}” does not exist.</source>
        <translation>“{path}”所在的文件夹不存在。</translation>
    </message>
    <message>
        <source>The folder “{path}” cannot be created: {why}.</source>
        <translation>无法创建文件夹“{path}”：{why}。</translation>
    </message>
    <message>
        <source>The gantry was tilted, so the series cannot be reformatted.</source>
        <translation>机架有倾斜，因此无法重建其他平面。</translation>
    </message>
    <message>
        <source>The GPU failed the self-check; using the CPU.</source>
        <translation>GPU 未通过自检；改用 CPU。</translation>
    </message>
    <message>
        <source>The GPU stopped responding; using the CPU.</source>
        <translation>GPU 停止响应；改用 CPU。</translation>
    </message>
    <message>
        <source>The header contains values that are not valid in DICOM.</source>
        <translation>文件头的值无法按 DICOM 的要求写出。</translation>
    </message>
    <message>
        <source>The heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>The list of open files is too long to be saved.</source>
        <translation>打开的文件列表过长，无法保存。</translation>
    </message>
    <message>
        <source>The lungs are cut off at the edge of the image.</source>
        <translation>肺被图像边缘截断。</translation>
    </message>
    <message>
        <source>The model cannot tell.</source>
        <translation>模型无法判断。</translation>
    </message>
    <message>
        <source>The model returned a non-finite score for this slice.</source>
        <translation>模型对这一层给出了非有限的评分。</translation>
    </message>
    <message>
        <source>The model failed the self-check on this computer; nothing is scored.</source>
        <translation>模型在此计算机上未通过自检；不进行评分。</translation>
    </message>
    <message>
        <source>The model could not be loaded; see the log for details.</source>
        <translation>无法加载模型；原因见日志。</translation>
    </message>
    <message>
        <source>The model in tests</source>
        <translation>模型的测试结果</translation>
    </message>
    <message>
        <source>The model has been closed.</source>
        <translation>模型已关闭。</translation>
    </message>
    <message>
        <source>The model is still being loaded.</source>
        <translation>模型仍在加载。</translation>
    </message>
    <message>
        <source>The model needs framing version {found}, which is not supported (expected {known}).</source>
        <translation>模型需要取景版本 {found}，本程序不支持（应为 {known}）。</translation>
    </message>
    <message>
        <source>Model card schema {found} is not supported (expected {known}).</source>
        <translation>不支持模型卡架构 {found}（应为 {known}）。</translation>
    </message>
    <message>
        <source>The model card is damaged ({file}); reinstall the program.</source>
        <translation>模型卡已损坏（{file}）；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model card is incomplete ({fault}); reinstall the program.</source>
        <translation>模型卡不完整（{fault}）；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model card is missing ({file}); reinstall the program.</source>
        <translation>缺少模型卡（{file}）；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model file {file} cannot be read: {why}.</source>
        <translation>无法读取模型文件 {file}：{why}。</translation>
    </message>
    <message>
        <source>The model file {file} is damaged; reinstall the program.</source>
        <translation>模型文件 {file} 已损坏；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model file {file} is missing; reinstall the program.</source>
        <translation>缺少模型文件 {file}；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model&apos;s reference values cannot be read; reinstall the program.</source>
        <translation>无法读取模型的数值；请重新安装程序。</translation>
    </message>
    <message>
        <source>The model&apos;s reference values do not include {name}; reinstall the program.</source>
        <translation>模型的数值中缺少 {name}；请重新安装程序。</translation>
    </message>
    <message>
        <source>The next field</source>
        <translation>下一个字段</translation>
    </message>
    <message>
        <source>The object cannot be read.</source>
        <translation>无法读取该对象。</translation>
    </message>
    <message>
        <source>The object has no valid UIDs.</source>
        <translation>该对象没有有效的 UID。</translation>
    </message>
    <message>
        <source>The object does not match the announced UIDs.</source>
        <translation>该对象与所声明的不符。</translation>
    </message>
    <message>
        <source>The output “{path}” must have the extension .csv, .json or .parquet.</source>
        <translation>输出文件名须以 .csv、.json 或 .parquet 结尾，而“{path}”不是。</translation>
    </message>
    <message>
        <source>The part of the slice inside the box, with everything outside the lungs masked. If the lungs were not found correctly, move the box or do not use the score.</source>
        <translation>方框内的部分，肺以外全部抹平。如果肺找得不对，请移动方框，或不要使用该评分。</translation>
    </message>
    <message>
        <source>Hide p&amp;anels</source>
        <translation>隐藏面板(&amp;A)</translation>
    </message>
    <message>
        <source>The image could not be written; see the log for details.</source>
        <translation>无法写入图像；原因见日志。</translation>
    </message>
    <message>
        <source>The image has very little contrast.</source>
        <translation>图像几乎没有对比度。</translation>
    </message>
    <message>
        <source>The image has no contrast.</source>
        <translation>图像没有对比度。</translation>
    </message>
    <message>
        <source>The image has no rows or no columns.</source>
        <translation>图像没有行或没有列。</translation>
    </message>
    <message>
        <source>The image has {columns} x {rows} pixels, more than the limit of {limit} million.</source>
        <translation>图像有 {columns} x {rows} 像素，超过上限 {limit} 百万。</translation>
    </message>
    <message>
        <source>The image has {columns} x {rows} pixels; the model needs at least {least} on each side.</source>
        <translation>图像有 {columns} x {rows} 像素；模型要求每边至少 {least}。</translation>
    </message>
    <message>
        <source>The image has {size}, more than the limit of {limit} million.</source>
        <translation>图像有 {size}，超过上限 {limit} 百万。</translation>
    </message>
    <message>
        <source>The image is damaged or truncated.</source>
        <translation>图像已损坏或被截断。</translation>
    </message>
    <message>
        <source>The image is damaged: its header cannot be read.</source>
        <translation>图像已损坏：无法读取其文件头。</translation>
    </message>
    <message>
        <source>The image is too small to find lungs in it.</source>
        <translation>图像太小，无法在其中找到肺。</translation>
    </message>
    <message>
        <source>The image seems to be inverted: bright lungs in a dark body.</source>
        <translation>图像似乎被反色：暗的身体中有两个亮的肺。</translation>
    </message>
    <message>
        <source>The image without heat map, lungs and box</source>
        <translation>不带热图、肺轮廓和方框的图像</translation>
    </message>
    <message>
        <source>The image “{name}” has been saved.</source>
        <translation>图像“{name}”已写入。</translation>
    </message>
    <message>
        <source>The images are synthetic chests, not patients; the model is not intended for scoring them.</source>
        <translation>这些图像是合成胸部，并非患者；模型不是为给它们评分而建立的。</translation>
    </message>
    <message>
        <source>The pixel data are compressed, but the file does not give the transfer syntax.</source>
        <translation>像素经过压缩，而文件未注明压缩方式。</translation>
    </message>
    <message>
        <source>The transfer syntax is not supported ({syntax}).</source>
        <translation>像素的存储方式不受支持（{syntax}）。</translation>
    </message>
    <message>
        <source>The pixel data cannot be decoded: the file is damaged, or its header does not match them.</source>
        <translation>无法解码像素：文件已损坏，或文件头与之不符。</translation>
    </message>
    <message>
        <source>The planes could not be computed; see the log for details.</source>
        <translation>无法生成多平面；原因见日志。</translation>
    </message>
    <message>
        <source>The planes of this series need {n} MB; increase the memory for slices in the settings.</source>
        <translation>该序列的多平面需要 {n} MB；请在设置中增加用于层数据的内存。</translation>
    </message>
    <message>
        <source>The report “{name}” has been saved.</source>
        <translation>报告“{name}”已写入。</translation>
    </message>
    <message>
        <source>The report “{path}” must have the extension {forms}.</source>
        <translation>报告文件名须以 {forms} 结尾，而“{path}”不是。</translation>
    </message>
    <message>
        <source>The series score is the mean of its five highest slice scores (of all, if there are fewer). It was not validated on patients: use it to prioritise reading, not as a diagnosis.</source>
        <translation>序列评分是其五个最高层评分的平均值（不足五个时取全部）。它没有在患者中验证：用于确定阅片的先后顺序，不作为诊断。</translation>
    </message>
    <message>
        <source>The current image is not a DICOM file.</source>
        <translation>显示的图像不是 DICOM 文件。</translation>
    </message>
    <message>
        <source>The slice differs too much from the training data.</source>
        <translation>这一层与模型训练所用的层差别太大。</translation>
    </message>
    <message>
        <source>The slice is not axial; the model accepts axial slices only.</source>
        <translation>这一层不是横断身体的，而模型只认识横断面。</translation>
    </message>
    <message>
        <source>The slices are not evenly spaced, so the series cannot be reformatted.</source>
        <translation>各层间距不均匀，因此无法重建其他平面。</translation>
    </message>
    <message>
        <source>The gantry was tilted by {n:.1f} degrees.</source>
        <translation>各层相互错开 {n:.1f} 度（机架倾斜）。</translation>
    </message>
    <message>
        <source>The slices are unevenly spaced ({least} to {most} mm).</source>
        <translation>各层间距不均匀（{least} 至 {most} mm）。</translation>
    </message>
    <message>
        <source>The slices differ in size, so the series cannot be reformatted.</source>
        <translation>各层大小不同，因此无法重建其他平面。</translation>
    </message>
    <message>
        <source>Slice positions and instance numbers are unknown: sorted by file name.</source>
        <translation>各层的位置和编号未知：按文件名排序。</translation>
    </message>
    <message>
        <source>The slice positions are unknown, so the series cannot be reformatted.</source>
        <translation>各层的位置未知，因此无法重建其他平面。</translation>
    </message>
    <message>
        <source>Slice positions are unknown: sorted by instance number.</source>
        <translation>各层的位置未知：按实例编号排序。</translation>
    </message>
    <message>
        <source>The tags could not be read; see the log for details.</source>
        <translation>无法读取标签；原因见日志。</translation>
    </message>
    <message>
        <source>The workers have model {theirs}, this computer has {ours}; install the same version of the program on both.</source>
        <translation>工作节点的模型是 {theirs}，本机的是 {ours}；请在两边安装相同版本的程序。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Permission to read the file was denied.</source>
        <translation>没有读取该文件的权限。</translation>
    </message>
    <message>
        <source>No images were found.</source>
        <translation>打开的内容中没有图像。</translation>
    </message>
    <message>
        <source>There is no region on this slice. Draw an ellipse, a rectangle or a freehand outline.</source>
        <translation>这一层上没有区域。请画一个椭圆、矩形或轮廓。</translation>
    </message>
    <message>
        <source>There is not enough memory for the planes of this series.</source>
        <translation>内存不足，无法生成该序列的多平面。</translation>
    </message>
    <message>
        <source>There is not enough memory to read the file.</source>
        <translation>内存不足，无法读取该文件。</translation>
    </message>
    <message>
        <source>There is not enough memory to read the image.</source>
        <translation>内存不足，无法读取该图像。</translation>
    </message>
    <message>
        <source>Thickness {mm:.2f} mm</source>
        <translation>层厚 {mm:.2f} mm</translation>
    </message>
    <message>
        <source>Custom preset 3</source>
        <translation>自定义预设 3</translation>
    </message>
    <message>
        <source>This DICOM file contains {what}, not an image.</source>
        <translation>该 DICOM 文件是{what}，不是图像。</translation>
    </message>
    <message>
        <source>This does not look like an axial chest CT slice.</source>
        <translation>这看起来不像胸部 CT 的横断面。</translation>
    </message>
    <message>
        <source>This is a DICOMDIR, a list of files, not an image.</source>
        <translation>这是 DICOMDIR，即文件列表，不是图像。</translation>
    </message>
    <message>
        <source>This is a device or a pipe, not a file.</source>
        <translation>这是设备或管道，不是文件。</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>The modality is {modality}; the model accepts CT only.</source>
        <translation>这是模态为 {modality} 的图像，而模型只认识 CT。</translation>
    </message>
    <message>
        <source>This is a nested archive, which is not opened.</source>
        <translation>这是压缩包中的压缩包，不予打开。</translation>
    </message>
    <message>
        <source>This is an archive of files, not an image.</source>
        <translation>这是含多个文件的压缩包，不是一幅图像。</translation>
    </message>
    <message>
        <source>This is {what}, not an image that can be displayed.</source>
        <translation>这是{what}，不是可以显示的图像。</translation>
    </message>
    <message>
        <source>This looks like a head, not a chest.</source>
        <translation>这看起来像头部，不像胸部。</translation>
    </message>
    <message>
        <source>This archive entry is a link; skipped.</source>
        <translation>压缩包的这一部分是链接，不予跟随。</translation>
    </message>
    <message>
        <source>This archive entry is damaged.</source>
        <translation>压缩包的这一部分已损坏。</translation>
    </message>
    <message>
        <source>This archive entry is protected by a password.</source>
        <translation>压缩包的这一部分受密码保护。</translation>
    </message>
    <message>
        <source>Entry escapes the archive directory; skipped.</source>
        <translation>压缩包的这一部分指向包外，不予跟随。</translation>
    </message>
    <message>
        <source>This archive entry expands to far more than its compressed size allows.</source>
        <translation>压缩包的这一部分解压后远超一次扫描所需。</translation>
    </message>
    <message>
        <source>This slice could not be analysed; see the log for details.</source>
        <translation>无法分析这一层；原因见日志。</translation>
    </message>
    <message>
        <source>This slice could not be read</source>
        <translation>无法读取这一层</translation>
    </message>
    <message>
        <source>This slice could not be read; see the log for details.</source>
        <translation>无法读取这一层；原因见日志。</translation>
    </message>
    <message>
        <source>This slice has not been analysed yet; there is nothing to report.</source>
        <translation>这一层尚未分析，因此没有可报告的内容。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Listening on a network interface requires an allow-list.</source>
        <translation>要在本机之外监听，请说明哪些地址可以连接。</translation>
    </message>
    <message>
        <source>There are too few slices for multiplanar reformation.</source>
        <translation>层数太少，无法重建其他平面。</translation>
    </message>
    <message>
        <source>Initial tool</source>
        <translation>启动时的工具</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Tube voltage</source>
        <translation>管电压</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>向上</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>从下次启动起生效。</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>W {width}  L {centre}</source>
        <translation>窗宽 {width}  窗位 {centre}</translation>
    </message>
    <message>
        <source>Weights&apos; licence</source>
        <translation>权重许可证</translation>
    </message>
    <message>
        <source>Defaults of a batch; each can be changed before it starts.</source>
        <translation>批处理的初始选项；开始前均可更改。</translation>
    </message>
    <message>
        <source>Dense regions broadly continuous with the heart or mediastinum are treated as mediastinum and excluded.</source>
        <translation>与心脏或纵隔广泛相连的致密区域视为纵隔，不计入。</translation>
    </message>
    <message>
        <source>What it cannot tell</source>
        <translation>它不能说明什么</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Model input</source>
        <translation>模型输入</translation>
    </message>
    <message>
        <source>Show model input &amp;box</source>
        <translation>显示模型输入框(&amp;B)</translation>
    </message>
    <message>
        <source>What the score is</source>
        <translation>评分是什么</translation>
    </message>
    <message>
        <source>What the score means</source>
        <translation>评分的含义</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason for missing score</source>
        <translation>没有评分的原因</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>窗宽</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>窗宽与窗位</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Without a score</source>
        <translation>没有评分</translation>
    </message>
    <message>
        <source>Writing DICOM needs highdicom; “pip install covidviewer[dicom-out]” installs it.</source>
        <translation>写 DICOM 需要 highdicom；“pip install covidviewer[dicom-out]”可安装它。</translation>
    </message>
    <message>
        <source>Yellow and violet</source>
        <translation>黄色与紫罗兰色</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Zoom {percent:.0f} %</source>
        <translation>缩放 {percent:.0f} %</translation>
    </message>
    <message>
        <source>a DICOMDIR</source>
        <translation>DICOMDIR</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>a file of unknown type</source>
        <translation>未知类型的文件</translation>
    </message>
    <message>
        <source>a .csv, .json or .parquet file</source>
        <translation>以 .csv、.json 或 .parquet 结尾的文件</translation>
    </message>
    <message>
        <source>a .html or .pdf file</source>
        <translation>以 .html 或 .pdf 结尾的文件</translation>
    </message>
    <message>
        <source>a folder for heat maps</source>
        <translation>存放热图的文件夹</translation>
    </message>
    <message>
        <source>a folder for received objects, with a subfolder for each series</source>
        <translation>存放接收内容的文件夹；每个序列在其中有一个子文件夹</translation>
    </message>
    <message>
        <source>a folder of DICOM files, images or archives</source>
        <translation>含 DICOM 文件、图像或压缩包的文件夹</translation>
    </message>
    <message>
        <source>a list of key images</source>
        <translation>关键图像列表</translation>
    </message>
    <message>
        <source>a presentation state</source>
        <translation>显示状态</translation>
    </message>
    <message>
        <source>a radiotherapy plan or record</source>
        <translation>放射治疗计划或记录</translation>
    </message>
    <message>
        <source>a registration</source>
        <translation>配准数据</translation>
    </message>
    <message>
        <source>a spectrum</source>
        <translation>波谱</translation>
    </message>
    <message>
        <source>a structured report</source>
        <translation>结构化报告</translation>
    </message>
    <message>
        <source>a text file</source>
        <translation>文本文件</translation>
    </message>
    <message>
        <source>a waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation>腹部</translation>
    </message>
    <message>
        <source>and {n} more reasons</source>
        <translation>另有 {n} 个原因</translation>
    </message>
    <message>
        <source>and {n} more, in the summary file</source>
        <translation>另有 {n} 个，见摘要文件</translation>
    </message>
    <message>
        <source>ankle</source>
        <translation>踝部</translation>
    </message>
    <message>
        <source>being loaded</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>below {high} HU</source>
        <translation>低于 {high} HU</translation>
    </message>
    <message>
        <source>by networks of {layers} layers at {size} px, trained alike</source>
        <translation>由以同样方式训练的 {layers} 层、{size} 像素网络测得</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>consolidation</source>
        <translation>实变</translation>
    </message>
    <message>
        <source>elbow</source>
        <translation>肘部</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>file</source>
        <translation>个文件</translation>
    </message>
    <message>
        <source>files</source>
        <translation>个文件</translation>
    </message>
    <message>
        <source>in the stored image</source>
        <translation>存储的图像中</translation>
    </message>
    <message>
        <source>{name} {width:g} / {centre}</source>
        <translation>{name} {width:g} / {centre}</translation>
    </message>
    <message>
        <source>{n} files could not be read.</source>
        <translation>{n} 个文件无法读取。</translation>
    </message>
    <message>
        <source>{share} of what raises the score lies outside the lungs and is not drawn.</source>
        <translation>使评分升高的部分有 {share} 位于肺外，未绘出。</translation>
    </message>
    <message>
        <source>{test}: {above} of the slices above the threshold are of COVID-19 patients, and {below} of those below are not.</source>
        <translation>{test}：高于阈值的层面中 {above} 来自 COVID-19 患者，低于阈值的层面中 {below} 不是。</translation>
    </message>
    <message>
        <source>{threshold:.2f}</source>
        <translation>{threshold:.2f}</translation>
    </message>
    <message>
        <source>“{path}” does not contain a model.</source>
        <translation>“{path}”中没有模型。</translation>
    </message>
    <message>
        <source>“{url}” cannot be listed: {why}.</source>
        <translation>无法列出“{url}”：{why}。</translation>
    </message>
    <message>
        <source>“{url}” is not a folder.</source>
        <translation>“{url}”不是文件夹。</translation>
    </message>
    <message>
        <source>foot</source>
        <translation>足部</translation>
    </message>
    <message>
        <source>For slices in Hounsfield units. The first three have keyboard shortcuts.</source>
        <translation>用于以亨氏单位表示的切片。前三个有各自的快捷键。</translation>
    </message>
    <message>
        <source>The colour bar shows which colour raised the score and which lowered it, on a coarse grid of 7 × 7 cells, drawn inside the lungs only. It shows where the score came from, not why, and does not delineate disease.</source>
        <translation>色条说明哪种颜色使评分升高、哪种颜色使评分降低，共 7 × 7 个粗格，只画在肺内。它只显示位置，不说明原因，也不勾画疾病。</translation>
    </message>
    <message>
        <source>accuracy {value:.1f} % ({low:.1f} to {high:.1f} %)</source>
        <translation>准确率 {value:.1f} %（{low:.1f} 至 {high:.1f} %）</translation>
    </message>
    <message>
        <source>grey {level}</source>
        <translation>灰度 {level}</translation>
    </message>
    <message>
        <source>ground glass</source>
        <translation>磨玻璃</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>手部</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>hip</source>
        <translation>髋部</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>膝部</translation>
    </message>
    <message>
        <source>reference label {label}</source>
        <translation>参考标签 {label}</translation>
    </message>
    <message>
        <source>largest error {error:.3f}</source>
        <translation>最大误差 {error:.3f}</translation>
    </message>
    <message>
        <source>0.5</source>
        <translation>0.5</translation>
    </message>
    <message>
        <source>Permission to read the folder was denied.</source>
        <translation>没有读取该文件夹的权限。</translation>
    </message>
    <message>
        <source>Labels that match no file ({count}): {names}.</source>
        <translation>没有对应文件的标签（{count} 个）：{names}。</translation>
    </message>
    <message>
        <source>None of the first {tried} of {frames} frames can be read: {reason}</source>
        <translation>前 {tried} 帧（共 {frames} 帧）均无法读取：{reason}</translation>
    </message>
    <message>
        <source>Reading the file was cancelled.</source>
        <translation>已取消读取该文件。</translation>
    </message>
    <message>
        <source>The file does not give its photometric interpretation: read as MONOCHROME2.</source>
        <translation>文件未给出光度解释：按 MONOCHROME2 读取。</translation>
    </message>
    <message>
        <source>The file does not give its samples per pixel: read as MONOCHROME2.</source>
        <translation>文件未给出每像素采样数：按 MONOCHROME2 读取。</translation>
    </message>
    <message>
        <source>The file has a rescale intercept without a slope: slope 1 is used.</source>
        <translation>文件有重定标截距而无斜率：使用斜率 1。</translation>
    </message>
    <message>
        <source>The file has more than {limit} pages.</source>
        <translation>文件超过 {limit} 页。</translation>
    </message>
    <message>
        <source>The file takes more than {limit} MB of memory to be read.</source>
        <translation>读取该文件需要超过 {limit} MB 的内存。</translation>
    </message>
    <message>
        <source>The file writes its rescale with a decimal comma.</source>
        <translation>文件的重定标值使用小数逗号。</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>无法读取该文件夹：{reason}。</translation>
    </message>
    <message>
        <source>The folder does not exist.</source>
        <translation>该文件夹不存在。</translation>
    </message>
    <message>
        <source>The header gives {frames} frames, but the file contains {found}.</source>
        <translation>文件头标明有 {frames} 帧，但文件只包含 {found} 帧。</translation>
    </message>
    <message>
        <source>The image has a side of more than {limit} pixels.</source>
        <translation>图像的一条边超过 {limit} 像素。</translation>
    </message>
    <message>
        <source>The image has more than {limit} scans.</source>
        <translation>图像的扫描次数超过 {limit}。</translation>
    </message>
    <message>
        <source>The list of training slices cannot be read; reinstall the program.</source>
        <translation>无法读取训练层面列表；请重新安装程序。</translation>
    </message>
    <message>
        <source>The list of training slices is damaged; reinstall the program.</source>
        <translation>训练层面列表已损坏；请重新安装程序。</translation>
    </message>
    <message>
        <source>The rescale of the file is incomplete or damaged: grey levels are shown, not Hounsfield units.</source>
        <translation>文件的重定标信息不完整或已损坏：显示灰度值，而非亨氏单位。</translation>
    </message>
    <message>
        <source>The samples of this TIFF page are not supported.</source>
        <translation>不支持此 TIFF 页的采样格式。</translation>
    </message>
    <message>
        <source>The settings file is damaged and cannot be moved; using the defaults.</source>
        <translation>设置文件已损坏且无法移走；将使用默认值。</translation>
    </message>
    <message>
        <source>The slice is an outlier among the training slices and is not scored.</source>
        <translation>该切片在训练切片中属于离群样本，不予评分。</translation>
    </message>
    <message>
        <source>There is not enough memory to read the archive.</source>
        <translation>内存不足，无法读取压缩包。</translation>
    </message>
    <message>
        <source>There is not enough memory to read this archive entry.</source>
        <translation>内存不足，无法读取此压缩包条目。</translation>
    </message>
    <message>
        <source>This archive entry is compressed by a method that is not supported; skipped.</source>
        <translation>此压缩包条目的压缩方法不受支持，已跳过。</translation>
    </message>
    <message>
        <source>This slice is one of the test slices that the model was measured on.</source>
        <translation>这一层面是衡量该模型所用的测试层面之一。</translation>
    </message>
    <message>
        <source>This slice was in the training set; its score says nothing about new slices.</source>
        <translation>这一层面在训练集中；其评分对新层面毫无说明。</translation>
    </message>
    <message>
        <source>This slice was in the validation set, on which the score was calibrated; it says little about new slices.</source>
        <translation>这一层面在用于校准评分的验证集中；其评分对新层面说明甚少。</translation>
    </message>
    <message>
        <source>left {share}</source>
        <translation>左侧 {share}</translation>
    </message>
    <message>
        <source>leg</source>
        <translation>腿部</translation>
    </message>
    <message>
        <source>limb</source>
        <translation>四肢</translation>
    </message>
    <message>
        <source>log odds / {temperature:.3f} {offset:+.3f}</source>
        <translation>对数优势 / {temperature:.3f} {offset:+.3f}</translation>
    </message>
    <message>
        <source>lowers it  −{peak:.2f}</source>
        <translation>降低评分  −{peak:.2f}</translation>
    </message>
    <message>
        <source>measurement</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>move the model input box; resize it</source>
        <translation>移动模型输入框；调整大小</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>颈部</translation>
    </message>
    <message>
        <source>no pixels</source>
        <translation>没有像素</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>没有评分</translation>
    </message>
    <message>
        <source>normally aerated</source>
        <translation>正常含气</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>尚未尝试</translation>
    </message>
    <message>
        <source>object</source>
        <translation>个对象</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>个对象</translation>
    </message>
    <message>
        <source>over-aerated</source>
        <translation>过度含气</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>patient&apos;s</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>pelvis</source>
        <translation>盆部</translation>
    </message>
    <message>
        <source>radiotherapy contours</source>
        <translation>放射治疗轮廓</translation>
    </message>
    <message>
        <source>raises the score  +{peak:.2f}</source>
        <translation>升高评分  +{peak:.2f}</translation>
    </message>
    <message>
        <source>raw data</source>
        <translation>原始数据</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>removal</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>right {share}</source>
        <translation>右侧 {share}</translation>
    </message>
    <message>
        <source>score its contents</source>
        <translation>为框内内容评分</translation>
    </message>
    <message>
        <source>scored</source>
        <translation>已评分</translation>
    </message>
    <message>
        <source>scored as {label}</source>
        <translation>评为 {label}</translation>
    </message>
    <message>
        <source>self-check failed</source>
        <translation>自检未通过</translation>
    </message>
    <message>
        <source>self-check passed</source>
        <translation>自检通过</translation>
    </message>
    <message>
        <source>series</source>
        <translation>个序列</translation>
    </message>
    <message>
        <source>shoulder</source>
        <translation>肩部</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>层</translation>
    </message>
    <message>
        <source>slice {n}/{count}</source>
        <translation>第 {n}/{count} 层</translation>
    </message>
    <message>
        <source>spacing unknown</source>
        <translation>间距未知</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>脊柱</translation>
    </message>
    <message>
        <source>active tool; initially window and level: right is wider, up is brighter</source>
        <translation>当前工具；开始时为窗宽窗位：向右更宽，向上更亮</translation>
    </message>
    <message>
        <source>move the linked cross-hairs</source>
        <translation>移动联动十字线</translation>
    </message>
    <message>
        <source>the listed addresses</source>
        <translation>列出的地址</translation>
    </message>
    <message>
        <source>hide the panels, or enlarge one plane; repeat to undo</source>
        <translation>隐藏面板，或放大一个平面；重复以恢复</translation>
    </message>
    <message>
        <source>the image without heat map, lungs and box</source>
        <translation>不带热图、肺轮廓和方框的图像</translation>
    </message>
    <message>
        <source>this computer only</source>
        <translation>仅本机</translation>
    </message>
    <message>
        <source>vessels</source>
        <translation>血管</translation>
    </message>
    <message>
        <source>window and level with any tool</source>
        <translation>窗宽与窗位，无论当前工具</translation>
    </message>
    <message>
        <source>wrist</source>
        <translation>腕部</translation>
    </message>
    <message>
        <source>x {x}  y {y}   padding</source>
        <translation>x {x}  y {y}   填充</translation>
    </message>
    <message>
        <source>x {x}  y {y}   {value}</source>
        <translation>x {x}  y {y}   {value}</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>{angle:.1f}°</source>
        <translation>{angle:.1f}°</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done}/{all} 个文件</translation>
    </message>
    <message>
        <source>{done} of {all} files are completed and saved.</source>
        <translation>{done}/{all} 个文件已完成并保存。</translation>
    </message>
    <message>
        <source>{done} of {count} slices analysed</source>
        <translation>已分析 {done}/{count} 层</translation>
    </message>
    <message>
        <source>{engine} is not installed here.</source>
        <translation>此处未安装 {engine}。</translation>
    </message>
    <message>
        <source>{index} of {count}</source>
        <translation>{index}/{count}</translation>
    </message>
    <message>
        <source>{key} is already used by “{owner}” and cannot be assigned to “{action}”.</source>
        <translation>{key} 属于“{owner}”，因此“{action}”不能使用。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{low} to {high} HU</source>
        <translation>{low} 至 {high} HU</translation>
    </message>
    <message>
        <source>{mm:.2f} mm</source>
        <translation>{mm:.2f} mm</translation>
    </message>
    <message>
        <source>{name} ({limits}): {share}</source>
        <translation>{name}（{limits}）：{share}</translation>
    </message>
    <message>
        <source>{name} {width:g} / {centre:g}</source>
        <translation>{name} {width:g} / {centre:g}</translation>
    </message>
    <message>
        <source>{name}, table of {n} values</source>
        <translation>{name}，{n} 个值的查找表</translation>
    </message>
    <message>
        <source>{name}: {share}</source>
        <translation>{name}：{share}</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} completed earlier</source>
        <translation>{n} 个先前已完成</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} 个失败</translation>
    </message>
    <message>
        <source>{n} months</source>
        <translation>{n} 个月</translation>
    </message>
    <message>
        <source>{n} of {all} scored</source>
        <translation>{n}/{all} 已评分</translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n} px</translation>
    </message>
    <message>
        <source>{n} rejected</source>
        <translation>{n} 个被拒绝</translation>
    </message>
    <message>
        <source>{n} slices</source>
        <translation>{n} 层</translation>
    </message>
    <message>
        <source>{n} duplicate slices were left out.</source>
        <translation>{n} 层是其他层的副本，已略去。</translation>
    </message>
    <message>
        <source>{n} slices are missing in 1 gap.</source>
        <translation>1 处间断中缺少 {n} 层。</translation>
    </message>
    <message>
        <source>{n} slices are missing in {gaps} gaps.</source>
        <translation>{gaps} 处间断中缺少 {n} 层。</translation>
    </message>
    <message>
        <source>{n} slices have the same position as another.</source>
        <translation>{n} 层与其他层位置相同。</translation>
    </message>
    <message>
        <source>{n} weeks</source>
        <translation>{n} 周</translation>
    </message>
    <message>
        <source>{n} without a score: {reason}</source>
        <translation>{n} 层没有评分：{reason}</translation>
    </message>
    <message>
        <source>{n} years</source>
        <translation>{n} 岁</translation>
    </message>
    <message>
        <source>{objects} of {series} received</source>
        <translation>已接收 {series}中的 {objects}</translation>
    </message>
    <message>
        <source>{outcome}, earlier run</source>
        <translation>{outcome}（先前）</translation>
    </message>
    <message>
        <source>{rate} files per second</source>
        <translation>每秒 {rate} 个文件</translation>
    </message>
    <message>
        <source>{rate} frames/s</source>
        <translation>{rate} 帧/秒</translation>
    </message>
    <message>
        <source>{share} % of the lung area on this slice</source>
        <translation>这一层肺面积的 {share} %</translation>
    </message>
    <message>
        <source>{share} ({low} to {high})</source>
        <translation>{share}（{low} 至 {high}）</translation>
    </message>
    <message>
        <source>{size:.1f} px</source>
        <translation>{size:.1f} px</translation>
    </message>
    <message>
        <source>{time} per slice</source>
        <translation>每层 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>“{path}” is part of the folder “{folder}”; choose another name for the output.</source>
        <translation>“{path}”属于文件夹“{folder}”；请为输出另选名称。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {why}.</source>
        <translation>无法读取“{path}”：{why}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {why}.</source>
        <translation>无法写入“{path}”：{why}。</translation>
    </message>
    <message>
        <source>“{path}” does not have the columns “path” and “label”.</source>
        <translation>“{path}”没有“path”和“label”列。</translation>
    </message>
    <message>
        <source>“{path}” contains neither the label COVID nor non-COVID.</source>
        <translation>“{path}”中没有名为 COVID 或 non-COVID 的标签。</translation>
    </message>
    <message>
        <source>“{path}” contains no files.</source>
        <translation>“{path}”中没有文件。</translation>
    </message>
    <message>
        <source>“{path}” is a folder.</source>
        <translation>“{path}”是文件夹。</translation>
    </message>
    <message>
        <source>“{path}” is in use by another run.</source>
        <translation>“{path}”正被另一次运行使用。</translation>
    </message>
    <message>
        <source>“{path}” is not a UTF-8 CSV file.</source>
        <translation>“{path}”不是 UTF-8 编码的 CSV 表格。</translation>
    </message>
    <message>
        <source>“{path}” is not a folder.</source>
        <translation>“{path}”不是文件夹。</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a journal of this program; choose another name for the output.</source>
        <translation>“{path}”已存在且不是本程序的日志文件；请为输出另选名称。</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a report of this program.</source>
        <translation>“{path}”已存在且不是本程序的报告。</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a summary of this program; nothing was written.</source>
        <translation>“{path}”已存在且不是本程序的摘要；未做任何操作。</translation>
    </message>
    <message>
        <source>“{path}” already exists and is not a table of this program; nothing was written.</source>
        <translation>“{path}”已存在且不是本程序的表格；未做任何操作。</translation>
    </message>
    <message>
        <source>“{path}” already exists (complete or partial); use --resume to continue, or choose another name.</source>
        <translation>“{path}”已存在（完整或未完成）：--resume 可继续，或另选名称。</translation>
    </message>
    <message>
        <source>“{path}” already exists.</source>
        <translation>“{path}”已存在。</translation>
    </message>
    <message>
        <source>“{path}” already exists; choose another name.</source>
        <translation>“{path}”已存在；请另选名称。</translation>
    </message>
</context>
</TS>
